/** Every word is a text in the language of the screen, or data. */
(() => {
  const { visible, shortly, nameOf } = window.lingdaScreen;

  const KEY = /\b(common|directive|field|clock|act|tick|order|feedback|alarm|problems|self_check|push|entry|desk|duty|clocks|statistics|command|map)(\.[a-z_0-9]+)+\b/;
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

  Object.assign(window.lingdaScreen, { words });
})();
