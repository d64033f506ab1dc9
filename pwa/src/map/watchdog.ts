/** A browser may kill the map's worker in the background and tell nobody (maplibre-gl-js#8461): probe after a long absence. */
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";

const longAbsence = 60_000;
const answerWithin = 3_000;

/** Watch the page's returns; `reopen` gets 1, 2, … when the map no longer answers. Answers how to stop watching. */
export function watchMap(map: () => MapLibreMap | null, reopen: (generation: number) => void): () => void {
  let hiddenAt: number | null = null;
  let generation = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const probe = (): void => {
    const living = map();
    const source = living?.getSource<GeoJSONSource>("pin");
    if (!living || !source) return;
    timer = setTimeout(() => reopen((generation += 1)), answerWithin);
    // Only the worker can answer this; whatever the answer, it lives.
    const alive = (): void => {
      if (timer) clearTimeout(timer);
    };
    void source.updateData({ add: [] }).then(alive, alive);
    living.triggerRepaint();
  };
  const seen = (): void => {
    if (document.visibilityState === "hidden") {
      hiddenAt ??= Date.now();
      return;
    }
    const away = hiddenAt === null ? 0 : Date.now() - hiddenAt;
    hiddenAt = null;
    if (away > longAbsence) probe();
  };
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("pageshow", seen);
  return () => {
    if (timer) clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("pageshow", seen);
  };
}
