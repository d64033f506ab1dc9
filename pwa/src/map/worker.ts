/** Tells MapLibre where its worker is: a file of our own origin, so the page policy can stay worker-src 'self'. */
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

/** `generation` > 0 asks for the same file anew: a browser that killed the worker does not say so (maplibre-gl-js#8461). */
export function placeWorker(generation = 0): void {
  setWorkerUrl(generation === 0 ? workerUrl : `${workerUrl}?${generation}`);
}
