/** One MapLibre map for the life of a page: base map, our layers, and changes put in at most once a second. */
import { AttributionControl, Map as MapLibreMap, NavigationControl, ScaleControl, type GeoJSONSource, type LngLatBoundsLike } from "maplibre-gl";
import { difference, isEmpty, type MapFeature } from "./differences";
import { placeImages } from "./images";
import { nameControls, type ControlWords } from "./control_words";
import { clickable, dataSources, type DataSource } from "./layers";
import { nearest, nearestWithoutStreets, nearestZoom, zoomApart } from "./near";
import type { Point } from "./distance";
import type { MapTheme } from "./palette";
import { mapStyle, type TileSource } from "./style";

const minimumInterval = 1_000;
const narrowPixels = 500;

/** Where the signs among features stand. */
export function pointsOf(features: MapFeature[]): Point[] {
  return features.flatMap(({ geometry }) =>
    (geometry.type === "Point" ? [{ longitude: geometry.coordinates[0] as number, latitude: geometry.coordinates[1] as number }] : []));
}

export interface MapParts {
  theme: MapTheme;
  tiles: TileSource | null;
  bounds: LngLatBoundsLike;
  language: string;
  controls: ControlWords;
  /** A sign was clicked: its key, for example `team:…`. */
  chosen: (key: string | null) => void;
  /** Anywhere was clicked while picking. */
  picked: (at: Point) => void;
  /** The base map cannot be had; the work is still shown. */
  baseMissing: () => void;
}

export class LiveMap {
  readonly map: MapLibreMap;
  picking = false;
  private shown = new Map<DataSource, Map<number, MapFeature>>();
  private wanted = new Map<DataSource, MapFeature[]>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private busy = false;
  private theme: MapTheme;
  /** The theme whose signs are drawn; null until the style is there to take them. */
  private signsFor: MapTheme | null = null;
  private lastFlush = 0;

  constructor(container: HTMLElement, private readonly parts: MapParts) {
    this.theme = parts.theme;
    this.map = new MapLibreMap({
      container,
      style: mapStyle(parts.theme, parts.tiles, parts.language),
      bounds: parts.bounds,
      fitBoundsOptions: { padding: 40 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
      maxZoom: 17,
    });
    this.map.touchZoomRotate.disableRotation();
    // The first control of a corner lies at its edge: whose data it is, below; the buttons above it.
    this.map.addControl(new AttributionControl({ compact: true }), "bottom-right");
    this.map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
    this.map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
    nameControls(container, parts.controls);
    this.map.on("load", () => {
      this.signsFor = this.theme;
      placeImages(this.map, this.theme);
      if (this.isNarrow) for (const layer of ["place-labels", "team-labels"]) this.map.setLayoutProperty(layer, "text-max-width", 7);
      this.lastFlush = 0;
      this.flushSoon();
    });
    this.map.on("click", (event) => {
      if (this.picking) return parts.picked({ longitude: event.lngLat.lng, latitude: event.lngLat.lat });
      const hits = this.map.queryRenderedFeatures(event.point, { layers: clickable });
      const teamFirst = hits.find((hit) => hit.layer.id === "team-signs") ?? hits[0];
      parts.chosen(teamFirst ? String(teamFirst.properties["key"]) : null);
    });
    this.map.on("mousemove", (event) => {
      const over = this.picking ? "crosshair" : this.isOverSign(event.point) ? "pointer" : "";
      this.map.getCanvas().style.cursor = over;
    });
    this.map.on("dataloading", () => (container.dataset["drawn"] = "no"));
    this.map.on("idle", () => (container.dataset["drawn"] = "yes"));
    this.map.on("error", (event) => {
      if ((event as { sourceId?: string }).sourceId === "base") parts.baseMissing();
    });
  }

  private isOverSign(at: { x: number; y: number }): boolean {
    if (!this.map.isStyleLoaded()) return false;
    return this.map.queryRenderedFeatures([at.x, at.y], { layers: clickable }).length > 0;
  }

  /** Show these features; what changed goes in now, or with the next beat of a second. */
  show(source: DataSource, features: MapFeature[]): void {
    this.wanted.set(source, features);
    this.flushSoon();
  }

  /** Change the light without touching the data: paints, text colours and signs. */
  repaint(theme: MapTheme): void {
    this.theme = theme;
    if (!this.signsFor) return void this.map.once("load", () => this.repaint(this.theme));
    const layers = mapStyle(theme, this.parts.tiles, this.parts.language).layers;
    for (const layer of layers) {
      if (!this.map.getLayer(layer.id)) continue;
      for (const [property, value] of Object.entries(layer.paint ?? {})) {
        this.map.setPaintProperty(layer.id, property as never, value as never);
      }
    }
    placeImages(this.map, theme);
  }

  /** Change the language of the names on the base map and of the map's buttons. */
  speak(language: string, controls: ControlWords): void {
    nameControls(this.map.getContainer(), controls);
    for (const layer of mapStyle(this.theme, this.parts.tiles, language).layers) {
      if (layer.id.startsWith("names-") && layer.type === "symbol") {
        this.map.setLayoutProperty(layer.id, "text-field", layer.layout?.["text-field"] as never);
      }
    }
  }

  /** Bring all points into view, not nearer than gives bearings. */
  fit(points: Point[]): void {
    const longitudes = points.map((point) => point.longitude);
    const latitudes = points.map((point) => point.latitude);
    const bounds: LngLatBoundsLike = [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
    const padding = this.isNarrow ? { top: 50, bottom: 110, left: 50, right: 140 } : 90;
    this.map.fitBounds(bounds, { padding, maxZoom: nearestZoom(points, this.leastZoom), duration: 400 });
  }

  /** Bring a place into the middle, near enough to stand apart from the signs beside it. */
  goTo(at: Point): void {
    const beside = [...pointsOf(this.wanted.get("teams") ?? []), ...pointsOf(this.wanted.get("places") ?? [])];
    const apart = beside.map((other) => zoomApart(at, other)).filter((zoom) => zoom <= nearest);
    const zoom = Math.max(this.map.getZoom(), this.leastZoom, ...apart);
    this.map.easeTo({ center: [at.longitude, at.latitude], zoom, duration: 400 });
  }

  /** A phone's map: labels break sooner, and have their room at the right of their signs. */
  private get isNarrow(): boolean {
    return this.map.getContainer().clientWidth < narrowPixels;
  }

  private get leastZoom(): number {
    return this.parts.tiles ? nearest : nearestWithoutStreets;
  }

  remove(): void {
    if (this.timer) clearTimeout(this.timer);
    this.map.remove();
  }

  private flushSoon(): void {
    if (this.timer) return;
    const wait = Math.max(0, this.lastFlush + minimumInterval - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, wait);
  }

  private async flush(): Promise<void> {
    if (this.busy || !this.signsFor) return this.busy ? this.flushSoon() : undefined;
    this.busy = true;
    this.lastFlush = performance.now();
    try {
      await Promise.all(dataSources.map((source) => this.flushSource(source)));
    } finally {
      this.busy = false;
    }
  }

  private async flushSource(source: DataSource): Promise<void> {
    const features = this.wanted.get(source);
    if (!features) return;
    const change = difference(this.shown.get(source) ?? new Map(), features);
    this.shown.set(source, new Map(features.map((feature) => [feature.id, feature])));
    if (!isEmpty(change)) await this.map.getSource<GeoJSONSource>(source)?.updateData(change);
  }
}
