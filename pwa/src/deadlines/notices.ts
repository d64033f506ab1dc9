/** Notices as pages read them: which still ask me for something, how grave one is, and who was told (BSS-6 to BSS-8). */
import type { Notice } from "@/api/types";
import type { ClockTone } from "./tones";


const tones: Record<Notice["kind"], ClockTone> = {
  clock_warning: "warn", clock_breach: "late", clock_unconfirmed: "doubt", clock_disproved: "ok", record: "warn", roll_call: "warn", order_undelivered: "late", order_unanswered: "late",
};
const gravity: ClockTone[] = ["late", "doubt", "warn", "ok"];

export const noticeTone = (notice: Notice): ClockTone => tones[notice.kind];

/** Those given to a person that nobody has taken note of for them, the gravest first, then the newest. */
export function asksMe(notices: Notice[], userId: string): Notice[] {
  return notices
    .filter((notice) => notice.settled_at === null && notice.recipients.some((one) => one.user.id === userId && one.acknowledged_at === null))
    .sort((one, other) => gravity.indexOf(noticeTone(one)) - gravity.indexOf(noticeTone(other)) || other.given_at.localeCompare(one.given_at));
}

/** The list with a notice in its newest revision; the oldest give way. */
export function withNotice(notices: Notice[], notice: Notice, most = 200): Notice[] {
  const known = notices.find((row) => row.id === notice.id);
  if (known && known.revision > notice.revision) return notices;
  return [...notices.filter((row) => row.id !== notice.id), notice].slice(-most);
}

/** Where a notice leads that is about no lead and no order, as the `#` of the duty page; null for what the board itself shows. */
export function partOf(key: string): string | null {
  const [kind = "", id = ""] = key.split(":");
  return { record: `records/${id}`, roll_call: "handover" }[kind] ?? null;
}
