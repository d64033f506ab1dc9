/** Which readings of the phone become fixes, and how often: pure, so that a drive can be replayed against it. */

/** One reading: WGS-84 degrees, metres, metres a second, degrees from north; `at` in epoch milliseconds. */
export interface Reading {
  longitude: number; latitude: number; accuracy_m: number; altitude_m: number | null; speed_m_s: number | null;
  heading: number | null; at: number;
}
/** What the phone is doing: no order under way, an order under way, battery below 15 %, or its officer in danger. */
export type Pace = "rest" | "under_way" | "saving" | "emergency";

export interface SamplingState {
  emitted: Reading | null;
  /** Last reading that was good enough, emitted or not. */
  accepted: Reading | null;
  /** When the phone last moved (epoch ms). */
  movedAt: number | null;
}
export const nothingYet: SamplingState = { emitted: null, accepted: null, movedAt: null };

const goodAccuracy = 50;
const bearableAccuracy = 200;
const nothingBetterFor = 60_000;
const turn = 30;
const turnSpeed = 1.5;
const stillFor = 300_000;
const heartbeat: Record<Pace, number> = { rest: 60_000, under_way: 10_000, saving: 60_000, emergency: 3_000 };
/** In danger a coarse place is better than none: it is taken when nothing better came for so long. */
const emergencyAccuracy = 2_000;
const nothingBetterInDanger = 9_000;
export const emergencyEvery = heartbeat.emergency;
export const savingBelowPercent = 15;

/** The pace for the orders on hand and the battery (percent, null when the phone does not tell); danger comes before both. */
export function paceFor(underWay: boolean, batteryPercent: number | null, inDanger = false): Pace {
  if (inDanger) return "emergency";
  if (batteryPercent !== null && batteryPercent < savingBelowPercent) return "saving";
  return underWay ? "under_way" : "rest";
}

/** Take one reading: the new state, and whether the reading is to be kept as a fix. */
export function take(state: SamplingState, reading: Reading, pace: Pace): { state: SamplingState; keep: boolean } {
  if (!isGoodEnough(state, reading, pace)) return { state, keep: false };
  const last = state.emitted;
  const moved = last !== null && hasMoved(last, reading);
  const movedAt = last === null || moved ? reading.at : state.movedAt;
  const due = last === null || reading.at - last.at >= heartbeat[pace];
  const keep = due || (pace !== "saving" && (moved || (last !== null && hasTurned(last, reading))));
  return { state: { emitted: keep ? reading : last, accepted: reading, movedAt }, keep };
}

/** Whether to watch continuously or to ask once a minute: still for five minutes, or saving the battery. */
export function asksOnceAMinute(state: SamplingState, pace: Pace, now: number): boolean {
  if (pace === "saving") return true;
  return pace === "rest" && state.movedAt !== null && now - state.movedAt > stillFor;
}

function isGoodEnough(state: SamplingState, reading: Reading, pace: Pace): boolean {
  if (reading.accuracy_m <= goodAccuracy) return true;
  const better = state.accepted;
  if (pace === "emergency") return reading.accuracy_m <= emergencyAccuracy && (better === null || reading.at - better.at >= nothingBetterInDanger);
  return reading.accuracy_m <= bearableAccuracy && (better === null || reading.at - better.at >= nothingBetterFor);
}

function hasMoved(from: Reading, to: Reading): boolean {
  return distance(from, to) > Math.max(15, 0.7 * to.accuracy_m);
}

function hasTurned(from: Reading, to: Reading): boolean {
  if (from.heading === null || to.heading === null || (to.speed_m_s ?? 0) <= turnSpeed) return false;
  const difference = Math.abs(to.heading - from.heading) % 360;
  return Math.min(difference, 360 - difference) > turn;
}

const radius = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
export interface Point { longitude: number; latitude: number }

/** Metres between two points on the sphere (haversine). */
export function distance(a: Point, b: Point): number {
  const half = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2
    + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Degrees from north, 0 to 360, in which `b` lies seen from `a`. */
export function bearing(a: Point, b: Point): number {
  const turned = radians(b.longitude - a.longitude);
  const east = Math.sin(turned) * Math.cos(radians(b.latitude));
  const north = Math.cos(radians(a.latitude)) * Math.sin(radians(b.latitude))
    - Math.sin(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.cos(turned);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}
