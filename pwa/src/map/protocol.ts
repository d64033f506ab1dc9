/** Lets MapLibre read the local PMTiles file, with its credits, by ranges over our own origin. */
import { addProtocol } from "maplibre-gl";
import { Protocol } from "pmtiles";

let registered = false;

export function registerPmtiles(): void {
  if (registered) return;
  registered = true;
  addProtocol("pmtiles", new Protocol({ metadata: true }).tile);
}
