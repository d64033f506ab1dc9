/** The map's style in either light: the local base map (PMTiles, no glyph server, no internet) and the layers of the work. */
import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import { baseLayers } from "./base_layers";
import { dataSources, workLayers } from "./layers";
import type { MapTheme } from "./palette";

/** Raster tiles by address template on our own origin (the page policy allows no other); they lie under boundaries and names. */
export interface TileSource { url: string; attribution?: string; tile_size?: number; maximum_zoom?: number }

export const localBaseMap = "/map/basemap.pmtiles";

/** What a deployment says of its map in /map/basemap.json: `raster`, when it adds a picture from its own tile server. */
export async function rasterOfDeployment(): Promise<TileSource | null> {
  try {
    const answer = await fetch("/map/basemap.json");
    const { raster } = (await answer.json()) as { raster?: TileSource };
    return typeof raster?.url === "string" ? raster : null;
  } catch {
    return null;
  }
}

function rasterSource(tiles: TileSource): SourceSpecification {
  return {
    type: "raster", tiles: [tiles.url], tileSize: tiles.tile_size ?? 256, maxzoom: tiles.maximum_zoom ?? 18,
    attribution: tiles.attribution ?? "",
  };
}

/** The whole style. With `tiles` the raster lies under our own boundaries and names. */
export function mapStyle(theme: MapTheme, tiles: TileSource | null, language: string): StyleSpecification {
  const raster: LayerSpecification[] = tiles
    ? [{ id: "tiles", type: "raster", source: "tiles", paint: { "raster-brightness-max": theme === "dark" ? 0.55 : 1 } }]
    : [];
  return {
    version: 8,
    sources: {
      base: { type: "vector", url: `pmtiles://${location.origin}${localBaseMap}` },
      ...(tiles ? { tiles: rasterSource(tiles) } : {}),
      ...Object.fromEntries(dataSources.map((name) =>
        [name, { type: "geojson", data: { type: "FeatureCollection", features: [] } } satisfies SourceSpecification])),
    },
    layers: [...baseLayers(theme, language, tiles ? raster : []), ...workLayers(theme)],
  };
}
