/** Clocks as a desk reads them: what breaks next comes first, and how near it is (BSS-6 to BSS-8; domain 1.4). */
import type { ClockRow } from "@/api/types";

/** ok: time left; warn: soon; late: past its time; doubt: a phone out of contact could still disprove the breach. */
export type ClockTone = "ok" | "warn" | "late" | "doubt";

const hour = 3_600_000;

/** True while the clock still asks somebody to act: running, unconfirmed, or broken and not yet answered. */
export function isOpenClock(clock: ClockRow): boolean {
  if (clock.state === "running" || clock.state === "unconfirmed") return true;
  return clock.state === "breached" && clock.stopped_at === null;
}

/** The planned warnings; none on a clock that this page kept from before the server sent any. */
const planned = (clock: ClockRow): ClockRow["warnings"] => (clock as Partial<ClockRow>).warnings ?? [];

/** When the clock first warns (epoch ms): its first planned warning, or half of the limit for a clock begun without any. */
export function firstWarning(clock: ClockRow): number {
  const [first] = planned(clock);
  const due = Date.parse(clock.due_at);
  return first ? Date.parse(first.at) : due - Math.min((due - Date.parse(clock.started_at)) / 2, 4 * hour);
}

/** The clause whose own number has passed while the clock still runs (a lead at night: article 7's 30 minutes), or null. */
export function passedClause(clock: ClockRow, now: number): string | null {
  if (clock.state !== "running") return null;
  return planned(clock).filter((warning) => warning.clause && Date.parse(warning.at) <= now).at(-1)?.clause ?? null;
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

/** A clause id taken apart: "BSS-7(1)" → text BSS, article 7, item 1; null when it is not of this form. */
export function clauseParts(clause: string): { text: string; article: number; item: string | null } | null {
  const match = /^([A-Z]+)-(\d+)(?:\((\d+)\))?([a-z])?$/.exec(clause);
  if (!match) return null;
  return { text: match[1] ?? "", article: Number(match[2]), item: match[3] ?? null };
}

const digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/** A number below 100 as an article writes it: 8 → 八, 12 → 十二, 27 → 二十七. */
export function chineseNumber(value: number): string {
  if (value < 10) return digits[value] ?? "";
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? digits[tens] : ""}十${value % 10 ? digits[value % 10] : ""}`;
}

/** How a screen names a clause: 第八条, 第七条（一）, Article 7(1). */
export function clauseName(clause: string, language: string): string {
  const parts = clauseParts(clause);
  if (!parts) return clause;
  if (language === "en") return `Article ${parts.article}${parts.item ? `(${parts.item})` : ""}`;
  return `第${chineseNumber(parts.article)}条${parts.item ? `（${chineseNumber(Number(parts.item))}）` : ""}`;
}
