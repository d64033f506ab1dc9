/** The layers that carry the work of the night: places, links, officers, teams, the pin. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { palettes, type MapTheme, type Palette } from "./palette";

export const dataSources = ["links", "places", "officers", "teams", "pin"] as const;
export type DataSource = (typeof dataSources)[number];

/** Layers a person can click, nearest to the eye first. */
export const clickable = ["team-signs", "place-signs"];

const fonts = ["sans-serif"];
const byBand = (palette: Palette): ExpressionSpecification =>
  ["match", ["get", "band"], "live", palette.live, "ageing", palette.ageing, palette.lost];

const twoLines: ExpressionSpecification =
  ["format", ["get", "label"], { "font-scale": 1 }, "\n", {}, ["get", "detail"], { "font-scale": 0.86 }];

function labels(id: string, source: DataSource, palette: Palette): LayerSpecification {
  return {
    id, source, type: "symbol",
    layout: {
      "text-field": twoLines, "text-font": fonts, "text-size": 15, "text-line-height": 1.35, "text-max-width": 16,
      "text-variable-anchor": ["left", "right", "bottom", "top"], "text-radial-offset": 2.15, "text-justify": "auto",
      "symbol-sort-key": ["case", ["get", "selected"], 0, 1],
    },
    paint: { "text-color": palette.ink, "text-halo-color": palette.halo, "text-halo-width": 1.6 },
  };
}

function halo(id: string, source: DataSource, palette: Palette): LayerSpecification {
  return {
    id, source, type: "circle", filter: ["==", ["get", "selected"], true],
    paint: {
      "circle-radius": 28, "circle-color": palette.route, "circle-opacity": 0.16,
      "circle-stroke-color": palette.ink, "circle-stroke-width": 2.5,
    },
  };
}

/** Layers over the base map, from below to above, in the colours of `theme`. */
export function workLayers(theme: MapTheme): LayerSpecification[] {
  const palette = palettes[theme];
  // Signs are always drawn; they lie above the labels, so they take their room first and labels keep clear of them.
  const sign = { "icon-allow-overlap": true } as const;
  return [
    {
      id: "links-bound", source: "links", type: "line", filter: ["==", ["get", "departed"], false],
      paint: { "line-color": palette.lost, "line-width": 2, "line-dasharray": [1, 3] },
    },
    {
      id: "links-moving", source: "links", type: "line", filter: ["==", ["get", "departed"], true],
      paint: { "line-color": byBand(palette), "line-width": 3, "line-dasharray": [1, 1.6] },
    },
    labels("place-labels", "places", palette),
    labels("team-labels", "teams", palette),
    halo("place-chosen", "places", palette),
    {
      id: "place-signs", source: "places", type: "symbol",
      layout: { "icon-image": ["concat", ["case", ["get", "ordered"], "order-", "lead-"], ["get", "tone"]], ...sign },
    },
    {
      id: "officer-signs", source: "officers", type: "symbol", minzoom: 9,
      layout: { "icon-image": ["concat", "officer-", ["get", "band"]], ...sign },
    },
    {
      id: "officer-names", source: "officers", type: "symbol", minzoom: 11,
      layout: {
        "text-field": ["get", "label"], "text-font": fonts, "text-size": 13, "text-anchor": "left", "text-offset": [0.8, 0],
        "text-optional": true,
      },
      paint: { "text-color": palette.ink2, "text-halo-color": palette.halo, "text-halo-width": 1.4 },
    },
    halo("team-chosen", "teams", palette),
    {
      id: "team-signs", source: "teams", type: "symbol",
      layout: {
        "icon-image": ["concat", "team-", ["get", "band"]], ...sign,
        "text-field": ["get", "mark"], "text-font": fonts, "text-size": 15, "text-allow-overlap": true,
      },
      paint: { "text-color": palette.onNavy },
    },
    {
      id: "pin", source: "pin", type: "symbol", layout: { "icon-image": "pin", ...sign, "icon-offset": [0, -12] },
    },
  ];
}
