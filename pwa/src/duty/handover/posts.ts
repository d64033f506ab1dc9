/** The posts of a court as handing over sees them: the shift on post, and the one that is to follow it. */
import type { DutyNow, DutyPost, Shift } from "@/api/types";
import { posts, sitsIn } from "../on_duty";

export interface PostNow { post: DutyPost; present: Shift | null; next: Shift | null }

/** The posts that are kept, now or next. */
export function postsNow(now: DutyNow): PostNow[] {
  const of = (shifts: Shift[], post: DutyPost): Shift | null => shifts.find((shift) => shift.post === post) ?? null;
  return posts.map((post) => ({ post, present: of(now.shifts, post), next: of(now.next, post) })).filter(({ present, next }) => present || next);
}

/** Which post somebody comes to hand over or to take over: their own, else the first. */
export function postOf(rows: PostNow[], userId: string): DutyPost {
  const sits = (shift: Shift | null): boolean => shift !== null && sitsIn(shift, userId);
  return (rows.find(({ present }) => sits(present)) ?? rows.find(({ next }) => sits(next)) ?? rows[0])?.post ?? "A";
}
