/** How near the map goes: near enough to tell signs apart, and no nearer than the base map gives bearings. */
import type { Point } from "./distance";

/** Without streets below, nearer than this shows an empty plane: no outline of the county, hardly a name. */
export const nearestWithoutStreets = 10.5;
/** With streets, and for signs that could not be told apart from further away. */
export const nearest = 13;
/** A sign with its ring, and a little air. */
const signPixels = 52;
const tilePixels = 512;

/** Web Mercator, the whole world from 0 to 1. */
function onWorld({ longitude, latitude }: Point): [x: number, y: number] {
  const angle = (latitude * Math.PI) / 180;
  return [longitude / 360 + 0.5, 0.5 - Math.asinh(Math.tan(angle)) / (2 * Math.PI)];
}

/** The zoom at which two places stand one sign apart; Infinity for the same place. */
export function zoomApart(one: Point, other: Point): number {
  const [x, y] = onWorld(one);
  const [otherX, otherY] = onWorld(other);
  return Math.log2(signPixels / tilePixels / Math.hypot(x - otherX, y - otherY));
}

/**
 * The nearest zoom for a look at `points`: `least`, or as much nearer as it takes to tell the two closest apart. Places that
 * would still lie on each other at the nearest zoom do not count: going there would win nothing.
 */
export function nearestZoom(points: Point[], least: number): number {
  const needed = points.flatMap((one, index) => points.slice(index + 1).map((other) => zoomApart(one, other)));
  return Math.max(least, ...needed.filter((zoom) => zoom <= nearest));
}
