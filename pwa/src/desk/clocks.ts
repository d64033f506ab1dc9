/** Clocks as a desk reads them: what breaks next comes first, and how near it is (BSS-6 to BSS-8; domain 1.4). */
import type { ClockRow } from "@/api/types";
import type { ClockTone } from "@/deadlines/tones";
import { firstWarning } from "@/deadlines/warnings";

export type { ClockTone } from "@/deadlines/tones";
export { chineseNumber, clauseName, clauseParts } from "@/deadlines/clauses";
export { firstWarning, passedClause } from "@/deadlines/warnings";

/** True while the clock still asks somebody to act: running, unconfirmed, or broken and not yet answered. */
export function isOpenClock(clock: ClockRow): boolean {
  if (clock.state === "running" || clock.state === "unconfirmed") return true;
  return clock.state === "breached" && clock.stopped_at === null;
}

/** How the clock stands at `now` (epoch ms). Soon: from its first warning on; late is strictly after the limit. */
export function clockTone(clock: ClockRow, now: number): ClockTone {
  if (clock.state === "unconfirmed") return "doubt";
  if (clock.state === "breached") return "late";
  if (clock.state !== "running") return "ok";
  if (now > Date.parse(clock.due_at)) return "late";
  return now >= firstWarning(clock) ? "warn" : "ok";
}

const rank: Record<ClockTone, number> = { late: 0, doubt: 1, warn: 2, ok: 2 };

/** Open clocks: broken ones first, then those in doubt, then by when they break; a rule before a target at the same moment. */
export function byWhatBreaksNext(clocks: ClockRow[], now: number): ClockRow[] {
  return clocks.filter(isOpenClock).sort((one, other) =>
    rank[clockTone(one, now)] - rank[clockTone(other, now)]
    || Date.parse(one.due_at) - Date.parse(other.due_at)
    || Number(one.kind === "target") - Number(other.kind === "target")
    || one.id.localeCompare(other.id));
}

/** The worst tone of a subject's open clocks, or "none" when no clock runs. */
export function worstTone(clocks: ClockRow[], now: number): ClockTone | "none" {
  const tones = clocks.filter(isOpenClock).map((clock) => clockTone(clock, now));
  return (["late", "doubt", "warn", "ok"] as const).find((tone) => tones.includes(tone)) ?? "none";
}
