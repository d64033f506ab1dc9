/** How far and in which of eight directions a place lies from the phone. */
import type { Place } from "@/api/types";
import { bearing, distance, type Point } from "@/positions/sampling";

export const directions = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
export interface Way { metres: number; direction: (typeof directions)[number] }

/** Straight-line way from `from` to `place`; null when either has no position. */
export function wayTo(place: Place | null, from: Point | null): Way | null {
  if (!from || !place || place.longitude === null || place.latitude === null) return null;
  const to = { longitude: place.longitude, latitude: place.latitude };
  return { metres: distance(from, to), direction: directions[Math.round(bearing(from, to) / 45) % 8]! };
}
