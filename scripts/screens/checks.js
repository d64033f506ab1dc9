/**
 * What a screen must keep, measured in the page itself (shared/ui: targets, contrast, nothing cut off, words in the
 * language of the screen). Put into every page before its own scripts; `lingdaScreen.findings(rules)` answers a list of
 * {rule, what, where}.
 */
(() => {
  const MAIN_ACTS = ".van-button--danger, .van-button--primary, .button.main, .alarm .accept";
  const INTERACTIVE = "a[href], button, input, select, textarea, summary, [role=button], [role=checkbox], [role=radio], [role=tab], [tabindex='0']";
  /** Where an ellipsis is meant: the whole text is one press away. */
  const MAY_BE_CUT = ".what, .order .todo, .n-base-selection-label, .n-base-selection-input";
  const BLANK = /[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufe0f\ufeff]/u;

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

  // --- nothing cut off, nothing over the edge, nothing over something else -------------------------------------------
  function overflow(found) {
    const findings = [];
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) findings.push({ rule: "sideways", what: `the page is ${page.scrollWidth} px wide in ${page.clientWidth}`, where: "html" });
    for (const { element, text, boxes } of found) {
      if (element.closest(MAY_BE_CUT) || element.closest(".maplibregl-ctrl-attrib")) continue;
      const cut = boxes.map((box) => cutBy(element, box)).find(Boolean);
      if (cut) findings.push({ rule: "cut", what: `“${shortly(text)}” ${cut}`, where: nameOf(element) });
    }
    // A moment of the time bar wears its label outside of itself.
    for (const control of document.querySelectorAll("button:not(.moment), a.button, .van-button__content, .chip, .kind")) {
      if (visible(control) && control.scrollWidth > control.clientWidth + 1 && !control.closest(MAY_BE_CUT) && !control.querySelector(MAY_BE_CUT)) {
        findings.push({ rule: "cut", what: `its words are ${control.scrollWidth} px wide in ${control.clientWidth}`, where: nameOf(control) });
      }
    }
    for (const field of document.querySelectorAll("input, textarea")) {
      if (!visible(field) || field.type === "range") continue;
      const wanted = field.value ? field.scrollWidth : placeholderWidth(field);
      if (field.localName === "input" && wanted > field.clientWidth + 1) {
        findings.push({ rule: "cut", what: `“${shortly(field.value || field.placeholder)}” does not fit its field`, where: nameOf(field) });
      }
    }
    return findings;
  }

  function cutBy(element, box) {
    if (box.right > innerWidth + 1 || box.left < -1) return "goes over the edge of the screen";
    for (let above = element; above && above !== document.documentElement; above = above.parentElement) {
      const style = getComputedStyle(above);
      if (style.position === "fixed" && above !== element) return null;
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const frame = above.getBoundingClientRect();
      const scrolls = (way) => way === "auto" || way === "scroll";
      const beyondX = box.right > frame.right + 1 || box.left < frame.left - 1;
      const beyondY = box.bottom > frame.bottom + 2 || box.top < frame.top - 2;
      if (beyondX && style.overflowX !== "visible" && above !== document.body) return scrolls(style.overflowX) ? `must be scrolled sideways in ${nameOf(above)}` : `is cut by ${nameOf(above)}`;
      if (scrolls(style.overflowY)) return null;
      if (beyondY && style.overflowY !== "visible" && above !== document.body) return `is cut by ${nameOf(above)}`;
    }
    return null;
  }

  function placeholderWidth(field) {
    if (!field.placeholder) return 0;
    const style = getComputedStyle(field);
    const context = document.createElement("canvas").getContext("2d");
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return context.measureText(field.placeholder).width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  }

  /** Whether a bar, a sheet or a mask with a ground of its own lies between two texts at a point: then one is under it, not overwritten. */
  function partAt(x, y, one, other) {
    const stack = document.elementsFromPoint(x, y);
    const depth = (element) => stack.findIndex((layer) => layer === element || element.contains(layer));
    const [upper, lower] = [[one, depth(one)], [other, depth(other)]].sort((a, b) => a[1] - b[1]);
    if (upper[1] < 0) return true;
    const hides = (style) => style.backgroundImage !== "none" || colour(style.backgroundColor)[3] > 0.5;
    return stack.slice(0, lower[1]).some((layer) => !layer.contains(lower[0]) && hides(getComputedStyle(layer)));
  }

  function overlaps(found) {
    const lines = found.flatMap(({ element, text, boxes }) => boxes.map((box) => ({ element, text, box })));
    const findings = [];
    lines.forEach((one, index) => {
      for (const other of lines.slice(index + 1)) {
        if (one.element === other.element) continue;
        const [left, right] = [Math.max(one.box.left, other.box.left), Math.min(one.box.right, other.box.right)];
        const [top, bottom] = [Math.max(one.box.top, other.box.top), Math.min(one.box.bottom, other.box.bottom)];
        // Line boxes of neighbours touch by some pixels; letters do not.
        if (right - left <= 3 || bottom - top <= Math.min(one.box.height, other.box.height) * 0.4) continue;
        if (partAt((left + right) / 2, (top + bottom) / 2, one.element, other.element)) continue;
        findings.push({ rule: "overlap", what: `“${shortly(one.text)}” lies over “${shortly(other.text)}”`, where: nameOf(one.element) });
      }
    });
    return findings;
  }

  // --- targets -----------------------------------------------------------------------------------------------------
  function targets(rules) {
    const findings = [];
    for (const control of document.querySelectorAll(INTERACTIVE)) {
      if (!visible(control) || control.closest("[aria-hidden=true], .maplibregl-ctrl-attrib-inner") || control.type === "hidden") continue;
      const area = control.closest("label:not(.field), .n-input, .n-base-selection") ?? control;
      const box = area.getBoundingClientRect();
      const least = control.matches(MAIN_ACTS) ? rules.main_target : rules.target;
      if (box.width < least - 0.5 || box.height < least - 0.5) {
        findings.push({ rule: "target", what: `${Math.round(box.width)}×${Math.round(box.height)} px, less than ${least}`, where: nameOf(control) });
      }
    }
    return findings;
  }

  // --- contrast ----------------------------------------------------------------------------------------------------
  const palette = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  function colour(css) {
    if (!known.has(css)) {
      palette.canvas.width = palette.canvas.height = 1;
      palette.clearRect(0, 0, 1, 1);
      palette.fillStyle = "#000";
      palette.fillStyle = css;
      palette.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = palette.getImageData(0, 0, 1, 1).data;
      known.set(css, [red, green, blue, alpha / 255]);
    }
    return known.get(css);
  }
  const over = ([r, g, b, a], under) => [0, 1, 2].map((index) => [r, g, b][index] * a + under[index] * (1 - a));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  /** Every colour that may lie behind an element: one, or the stops of a gradient. */
  function grounds(element) {
    const layers = [];
    for (let above = element; above; above = above.parentElement) {
      const style = getComputedStyle(above);
      const stops = style.backgroundImage.includes("gradient") ? style.backgroundImage.match(/(rgba?|color|oklab|oklch)\([^()]*\)/g) : null;
      if (stops) {
        layers.push(stops.map(colour));
        break;
      }
      const own = colour(style.backgroundColor);
      if (own[3] > 0) layers.push([own]);
      if (own[3] >= 0.999) break;
    }
    return layers.reverse().reduce((under, layer) => under.flatMap((ground) => layer.map((above) => over(above, ground))), [[255, 255, 255]]);
  }

  function opacityOf(element) {
    let opacity = 1;
    for (let above = element; above; above = above.parentElement) opacity *= Number(getComputedStyle(above).opacity);
    return opacity;
  }

  function contrasts(found, rules) {
    const findings = [];
    const seen = new Set();
    const check = (element, css, text) => {
      const [r, g, b, alpha] = colour(css);
      if (alpha === 0) return; // a library that shows its placeholder as a text of its own
      const worst = Math.min(...grounds(element).map((ground) => contrast(over([r, g, b, alpha * opacityOf(element)], ground), ground)));
      const least = element.closest(MAIN_ACTS) ? rules.main_contrast : rules.contrast;
      if (worst < least - 0.005) findings.push({ rule: "contrast", what: `${worst.toFixed(2)}:1, less than ${least}: “${shortly(text)}”`, where: nameOf(element) });
    };
    for (const { element, text } of found) {
      if (seen.has(element) || element.closest(":disabled, .maplibregl-ctrl-attrib")) continue;
      seen.add(element);
      check(element, getComputedStyle(element).color, text);
    }
    for (const field of document.querySelectorAll("input, textarea, select")) {
      if (!visible(field) || field.disabled) continue;
      if (field.value) check(field, getComputedStyle(field).color, field.value);
      else if (field.placeholder) check(field, getComputedStyle(field, "::placeholder").color, field.placeholder);
    }
    return findings;
  }

  // --- glyphs ------------------------------------------------------------------------------------------------------
  const drawn = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const glyphs = new Map();
  function picture(character, font) {
    drawn.canvas.width = drawn.canvas.height = 40;
    drawn.clearRect(0, 0, 40, 40);
    drawn.font = font;
    drawn.textBaseline = "middle";
    drawn.fillText(character, 4, 20);
    return drawn.getImageData(0, 0, 40, 40).data.join();
  }
  /** Whether a font and all its substitutes lack a character: it is drawn as one that Unicode has never given out. */
  function lacks(character, font) {
    const key = `${font}|${character}`;
    if (!glyphs.has(key)) {
      const reference = `${font}|missing`;
      if (!glyphs.has(reference)) glyphs.set(reference, ["\u0378", "\u{1fffd}", "\ue9a7"].map((never) => picture(never, font)));
      glyphs.set(key, glyphs.get(reference).includes(picture(character, font)));
    }
    return glyphs.get(key);
  }

  function missingGlyphs(found) {
    const findings = [];
    const look = (text, element, pseudo) => {
      const style = getComputedStyle(element, pseudo);
      const font = `${style.fontWeight} 24px ${style.fontFamily}`;
      const lacking = [...new Set(text)].filter((character) => !BLANK.test(character) && (character === "\ufffd" || lacks(character, font)));
      if (lacking.length > 0) findings.push({ rule: "glyph", what: `no glyph for ${lacking.map((one) => `U+${one.codePointAt(0).toString(16)}`).join(" ")} in “${shortly(text)}”`, where: nameOf(element) });
    };
    for (const { element, text } of found) look(text, element, null);
    for (const field of document.querySelectorAll("input, textarea")) if (visible(field)) look(field.value || field.placeholder || "", field, null);
    for (const element of document.querySelectorAll("body *")) {
      for (const pseudo of ["::before", "::after"]) {
        const { content } = getComputedStyle(element, pseudo);
        if (content.startsWith('"') && content.length > 2) look(content.slice(1, -1), element, pseudo);
      }
    }
    return findings;
  }

  // --- words -------------------------------------------------------------------------------------------------------
  const KEY = /\b(common|directive|field|clock|act|tick|order|feedback|alarm|problems|self_check|entry|desk|duty|command|map)(\.[a-z_0-9]+)+\b/;
  const LEFTOVER = /\{\w+\}|\bundefined\b|\bNaN\b|\[object |Invalid Date|\bnull\b/;
  const HAN = /[\u3400-\u9fff]+/g;
  const LATIN_SENTENCE = /[A-Za-z]{3,}(?: [A-Za-z]{2,})+/g;

  /** Words that are neither data nor in the language of the screen; `rules.data` is every text the server holds. */
  function words(found, rules) {
    const findings = [];
    const spoken = found.filter(({ element }) => !element.closest("[lang]:not(html), code, .maplibregl-ctrl-attrib"))
      .map(({ element, text }) => ({ element, text }));
    for (const element of document.querySelectorAll("[aria-label], [alt], [title], [placeholder]")) {
      if (!visible(element)) continue;
      for (const name of ["aria-label", "alt", "title", "placeholder"]) if (element.getAttribute(name)) spoken.push({ element, text: element.getAttribute(name) });
    }
    for (const { element, text } of spoken) {
      if (KEY.test(text)) findings.push({ rule: "key", what: `“${shortly(text)}” is no text`, where: nameOf(element) });
      if (LEFTOVER.test(text)) findings.push({ rule: "leftover", what: `“${shortly(text)}”`, where: nameOf(element) });
      const foreign = (text.match(rules.language === "en" ? HAN : LATIN_SENTENCE) ?? []).filter((run) => !rules.data.includes(run));
      if (foreign.length > 0) findings.push({ rule: "language", what: `“${foreign.join(" ")}” in ${rules.language}`, where: nameOf(element) });
    }
    return findings;
  }

  /** Wait until fonts are there and nothing moves any more. */
  async function settled() {
    await document.fonts.ready;
    const twoFrames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const moving = () => document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity && animation.playState !== "finished");
    // A transition begins a frame after what it belongs to; another may follow on it.
    for (await twoFrames(); moving().length > 0; await twoFrames()) await Promise.allSettled(moving().map((animation) => animation.finished));
  }

  async function accessibility() {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).flatMap(({ id, help, nodes }) =>
      nodes.map((node) => ({ rule: `axe ${id}`, what: help, where: `${node.target.join(" ")} ${shortly(node.html)}` })));
  }

  async function findings(rules) {
    await settled();
    const found = texts();
    const own = [
      ...overflow(found), ...overlaps(found), ...targets(rules), ...contrasts(found, rules), ...missingGlyphs(found), ...words(found, rules),
    ];
    if (found.length === 0) own.push({ rule: "empty", what: "no text at all", where: "body" });
    return [...own, ...(await accessibility())];
  }

  window.lingdaScreen = { findings, settled };
})();
