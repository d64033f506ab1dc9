/** From two pictures of the same features to the smallest change MapLibre must make (no DOM markers, no full redraw). */
import type { Feature, Geometry } from "geojson";

/** A feature of ours: a number for MapLibre, plain properties, one geometry. */
export type MapFeature = Feature<Geometry, Record<string, string | number | boolean>> & { id: number };

export interface Difference {
  add: MapFeature[];
  remove: number[];
  update: {
    id: number;
    newGeometry?: Geometry;
    addOrUpdateProperties?: { key: string; value: string | number | boolean }[];
  }[];
}

const sameGeometry = (one: Geometry, other: Geometry): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The difference that turns `before` into `after`; properties are only ever set, so builders must always give every one. */
export function difference(before: Map<number, MapFeature>, after: MapFeature[]): Difference {
  const result: Difference = { add: [], remove: [], update: [] };
  const kept = new Set<number>();
  for (const feature of after) {
    kept.add(feature.id);
    const earlier = before.get(feature.id);
    if (!earlier) {
      result.add.push(feature);
      continue;
    }
    const properties = Object.entries(feature.properties)
      .filter(([key, value]) => earlier.properties[key] !== value)
      .map(([key, value]) => ({ key, value }));
    const moved = !sameGeometry(earlier.geometry, feature.geometry);
    if (!moved && properties.length === 0) continue;
    result.update.push({
      id: feature.id,
      ...(moved ? { newGeometry: feature.geometry } : {}),
      ...(properties.length > 0 ? { addOrUpdateProperties: properties } : {}),
    });
  }
  for (const id of before.keys()) if (!kept.has(id)) result.remove.push(id);
  return result;
}

export function isEmpty(change: Difference): boolean {
  return change.add.length + change.remove.length + change.update.length === 0;
}

/** Gives every text id one number for as long as the page lives; MapLibre updates features by number only. */
export class Numbers {
  private readonly known = new Map<string, number>();

  of(id: string): number {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const next = this.known.size + 1;
    this.known.set(id, next);
    return next;
  }
}
