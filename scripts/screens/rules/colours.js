/** Colours as numbers: what lies behind an element, and how far two colours stand apart (WCAG 2). */
(() => {
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

  Object.assign(window.lingdaScreen, { colour, over, contrast, grounds, opacityOf });
})();
