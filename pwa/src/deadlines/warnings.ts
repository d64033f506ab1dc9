/** When a clock begins to warn, and which other clause's number has passed meanwhile (domain 1.4, A2). */
import type { ClockRow } from "@/api/types";

const hour = 3_600_000;

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
