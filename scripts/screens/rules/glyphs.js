/** Every character is in one of the fonts. */
(() => {
  const { visible, shortly, nameOf } = window.lingdaScreen;

  const BLANK = /[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufe0f\ufeff]/u;
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

  Object.assign(window.lingdaScreen, { missingGlyphs });
})();
