/**
 * What a screen must keep, measured in the page itself (shared looks: targets, contrast, nothing cut off, words in the
 * language of the screen). These files are put into every page in their order, before its own scripts.
 */
(() => {
  window.lingdaScreen = {};
  const MAIN_ACTS = ".van-button--danger, .van-button--primary, .button.main, .alarm .accept";
  /** Where an ellipsis is meant: the whole text is one press away. */
  const MAY_BE_CUT = ".what, .order .todo, .n-base-selection-label, .n-base-selection-input";

  const visible = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return false;
    return !element.closest("[inert], .visually-hidden, option");
  };
  const shortly = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);
  const nameOf = (element) => {
    const classes = [...element.classList].slice(0, 3).map((name) => `.${name}`).join("");
    return `${element.localName}${element.id ? `#${element.id}` : ""}${classes} “${shortly(element.textContent || element.getAttribute("aria-label") || "")}”`;
  };

  /** Every piece of text on the screen with the element that shows it and its boxes, line by line. */
  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(element.tagName) || !visible(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
      if (boxes.length > 0) found.push({ element, text: node.data, boxes });
    }
    return found;
  }

  Object.assign(window.lingdaScreen, { visible, shortly, nameOf, texts, MAIN_ACTS, MAY_BE_CUT });
})();
