/** A crew as a form holds it: for each function its people; the wire wants pairs (domain 1.12). */
import type { DutyFunction, DutyPerson } from "@/api/types";

export const functions: DutyFunction[] = ["leader", "officer", "technician", "standby"];
export type Crew = Record<DutyFunction, string[]>;

export const emptyCrew = (): Crew => ({ leader: [], officer: [], technician: [], standby: [] });

export function crewFrom(people: DutyPerson[]): Crew {
  const crew = emptyCrew();
  for (const one of people) if (one.standing === "named") crew[one.function].push(one.id);
  return crew;
}

export function pairsOf(crew: Crew): { user_id: string; function: DutyFunction }[] {
  return functions.flatMap((function_) => crew[function_].map((user_id) => ({ user_id, function: function_ })));
}

/** Somebody who answers the desk is in it: no shift is without one. */
export const hasDesk = (crew: Crew): boolean => crew.leader.length + crew.officer.length > 0;
