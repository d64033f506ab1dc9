/** The base map: areas, boundaries and names of the local PMTiles file (layers named in geo/basemap.py). */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { palettes, type MapTheme, type Palette } from "./palette";

const fonts = ["sans-serif"];
const level = (name: string): ExpressionSpecification => ["==", ["get", "level"], name];

function boundary(name: string, colour: string, width: number, dash?: number[]): LayerSpecification {
  return {
    id: `boundary-${name}`, type: "line", source: "base", "source-layer": "boundaries", filter: level(name),
    layout: { "line-join": "round", "line-cap": dash ? "butt" : "round" },
    paint: {
      "line-color": colour, "line-width": ["interpolate", ["linear"], ["zoom"], 5, width * 0.6, 9, width, 14, width * 1.6],
      ...(dash ? { "line-dasharray": dash } : {}),
    },
  };
}

function names(name: string, palette: Palette, language: string, size: number, until: number): LayerSpecification {
  return {
    id: `names-${name}`, type: "symbol", source: "base", "source-layer": "places", filter: level(name), maxzoom: until,
    layout: {
      "text-field": ["get", language === "en" ? "name_en" : "name"], "text-font": fonts,
      "text-size": ["interpolate", ["linear"], ["zoom"], 5, size * 0.75, 11, size * 1.25],
      "text-letter-spacing": name === "county" ? 0.04 : 0.12, "text-max-width": 8, "text-padding": 6,
    },
    paint: { "text-color": ["county", "town"].includes(name) ? palette.label : palette.labelStrong, "text-halo-color": palette.halo, "text-halo-width": 1.2 },
  };
}

/** Layers of the base map from below to above; `raster`, if any, takes the place of the filled areas. */
export function baseLayers(theme: MapTheme, language: string, raster: LayerSpecification[]): LayerSpecification[] {
  const palette = palettes[theme];
  const areas: LayerSpecification[] = [
    { id: "provinces", type: "fill", source: "base", "source-layer": "provinces", paint: { "fill-color": palette.land } },
    {
      id: "counties", type: "fill", source: "base", "source-layer": "counties", minzoom: 6,
      paint: { "fill-color": palette.land, "fill-outline-color": palette.land },
    },
  ];
  return [
    { id: "ground", type: "background", paint: { "background-color": palette.ground } },
    ...(raster.length > 0 ? raster : areas),
    boundary("county", palette.county, 1.2, [4, 2]),
    boundary("prefecture", palette.prefecture, 1.8),
    boundary("province", palette.province, 2.2),
    boundary("state", palette.province, 3),
    names("town", palette, language, 13, 17),
    names("county_town", palette, language, 15, 17),
    names("county", palette, language, 16, 12.5),
    names("prefecture", palette, language, 18, 8.2),
    names("province", palette, language, 20, 6),
  ];
}
