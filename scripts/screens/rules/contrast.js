/** Every text stands out from whatever may lie behind it, main acts more so. */
(() => {
  const { visible, shortly, nameOf, colour, over, contrast, grounds, opacityOf, MAIN_ACTS } = window.lingdaScreen;

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

  Object.assign(window.lingdaScreen, { contrasts });
})();
