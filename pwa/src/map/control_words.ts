/** What the map's own buttons are called, in the language of the screen; the library knows English only. */

export interface ControlWords { zoomIn: string; zoomOut: string; sources: string; map: string }

/** Name the buttons of the map in `container`; call again when the language changes. */
export function nameControls(container: HTMLElement, words: ControlWords): void {
  const name = (selector: string, text: string): void => container.querySelectorAll(selector).forEach((element) => {
    element.setAttribute("aria-label", text);
    if (element.hasAttribute("title")) element.setAttribute("title", text);
  });
  name(".maplibregl-ctrl-zoom-in", words.zoomIn);
  name(".maplibregl-ctrl-zoom-out", words.zoomOut);
  name(".maplibregl-ctrl-attrib-button", words.sources);
  name(".maplibregl-canvas", words.map);
}
