/** Nothing cut off, nothing over the edge, no text over another. */
(() => {
  const { visible, shortly, nameOf, colour, MAY_BE_CUT } = window.lingdaScreen;

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

  Object.assign(window.lingdaScreen, { overflow, overlaps });
})();
