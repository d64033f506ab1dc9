/** How old a position is and what the map may still claim about it (design.md principle 5: a state says its age). */

/** live: under 60 s; ageing: under 5 min; lost: older; none: never heard of. */
export type AgeBand = "live" | "ageing" | "lost" | "none";

export const LIVE_MS = 60_000;
export const AGEING_MS = 5 * 60_000;

/** Band of a position fixed at `fixedAt` (RFC 3339 or null) when the server's clock shows `now` (epoch milliseconds). */
export function ageBand(fixedAt: string | null | undefined, now: number): AgeBand {
  const age = ageMs(fixedAt, now);
  if (age === null) return "none";
  if (age < LIVE_MS) return "live";
  return age < AGEING_MS ? "ageing" : "lost";
}

/** Milliseconds since the fix, never negative (a phone's clock may run ahead), or null when there is none. */
export function ageMs(fixedAt: string | null | undefined, now: number): number | null {
  if (!fixedAt) return null;
  const at = Date.parse(fixedAt);
  return Number.isNaN(at) ? null : Math.max(0, now - at);
}

/** A coarse age: the unit and how many, stepped so that a label changes seldom enough to be read. */
export interface Age {
  unit: "now" | "second" | "minute" | "hour" | "day";
  count: number;
}

export function coarseAge(milliseconds: number): Age {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 10) return { unit: "now", count: 0 };
  if (seconds < 60) return { unit: "second", count: Math.floor(seconds / 10) * 10 };
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return { unit: "minute", count: minutes };
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? { unit: "hour", count: hours } : { unit: "day", count: Math.floor(hours / 24) };
}
