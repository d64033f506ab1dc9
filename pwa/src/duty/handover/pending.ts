/** What is handed over, as a reader takes it in: how near each limit is, and what came or went since the list was frozen. */
import type { Handover, PendingItem } from "@/api/types";
import type { ClockTone } from "@/deadlines/tones";

const hour = 3_600_000;

/** How an item stands at `now`: soon from half of its limit on (four hours at most), late strictly after it. */
export function itemTone(item: PendingItem, now: number): ClockTone {
  if (item.unconfirmed) return "doubt";
  if (!item.due_at) return "warn";
  const due = Date.parse(item.due_at);
  if (now > due) return "late";
  return now >= due - Math.min((due - Date.parse(item.since)) / 2, 4 * hour) ? "warn" : "ok";
}

export interface Line { item: PendingItem; fresh: boolean; settled: boolean }

/** The frozen list with what came since on top, and what is settled since marked and at the end. */
export function linesOf(handover: Handover): Line[] {
  const settled = new Set(handover.since?.settled ?? []);
  const kept = handover.pending.map((item) => ({ item, fresh: false, settled: settled.has(item.key) }));
  return [
    ...(handover.since?.new ?? []).map((item) => ({ item, fresh: true, settled: false })),
    ...kept.filter((line) => !line.settled), ...kept.filter((line) => line.settled),
  ];
}
