/** Who carries the duty, in the order a desk reads it: the two posts, who leads, and how many stand by (domain 1.12). */
import type { DutyFunction, DutyNow, DutyPerson, DutyPost, Shift } from "@/api/types";

export const posts: DutyPost[] = ["A", "B", "week"];
const atTheDesk: DutyFunction[] = ["leader", "officer"];

/** Those still named in a shift, who answers the desk first. */
export function crewOf(shift: Shift): DutyPerson[] {
  const rank: Record<DutyFunction, number> = { leader: 0, officer: 1, technician: 2, standby: 3 };
  return shift.people.filter((one) => one.standing === "named").sort((one, other) => rank[one.function] - rank[other.function]);
}

/** Whether the person answers the desk in this shift, and so may hand it over and sign. */
export function sitsIn(shift: Shift, userId: string): boolean {
  return crewOf(shift).some((one) => one.id === userId && atTheDesk.includes(one.function));
}

/** The shifts on post, in the order of the posts. */
export function onPost(now: DutyNow): Shift[] {
  return posts.flatMap((post) => now.shifts.filter((shift) => shift.post === post));
}

/** Who answers at each post, for one short line. */
export function answering(now: DutyNow): { post: DutyPost; names: string[] }[] {
  return onPost(now).map((shift) => ({ post: shift.post, names: crewOf(shift).filter((one) => atTheDesk.includes(one.function)).map((one) => one.name) }));
}

export function standingBy(now: DutyNow): string[] {
  return [...new Set(now.on_duty.filter((one) => one.function === "standby").map((one) => one.name))];
}

/** Shifts that should have been handed over by now: by the planned end, seen with the clock of this page. */
export function overdue(now: DutyNow, at: number): Shift[] {
  return onPost(now).filter((shift) => Date.parse(shift.planned_end) < at);
}

/** When the next handover is due: the earliest planned end of the shifts on post at the desk; null when nobody is on post. */
export function nextHandover(now: DutyNow): string | null {
  return onPost(now).filter((shift) => shift.post !== "week").map((shift) => shift.planned_end).sort()[0] ?? null;
}
