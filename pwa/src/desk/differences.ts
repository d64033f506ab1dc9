/** What changed between the order a person was looking at and the one the server has now (409.1). */
import { ProblemError } from "@/api/client";
import type { Directive } from "@/api/types";

export interface ChangedAct { act: string; by: { id: string; name: string } | string | null; at: string }
export interface Conflict { current: Directive; changed: ChangedAct[] }

/** The conflict in an answer, or null when the answer is something else. */
export function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof ProblemError) || error.problem?.code !== "409.1") return null;
  const { current, changed } = error.problem as unknown as Partial<Conflict>;
  return current ? { current, changed: changed ?? [] } : null;
}

/** The name of whoever acted, as far as the server tells it. */
export function actorName(by: ChangedAct["by"]): string {
  return typeof by === "string" ? by : by?.name ?? "";
}

export type ComparedField =
  | "state" | "title" | "required_action" | "facts" | "urgency" | "target_team" | "target_person" | "place" | "responsible" | "reason";
export interface FieldDifference { field: ComparedField; before: string; after: string }

const readers: Record<ComparedField, (directive: Directive) => string> = {
  state: (directive) => directive.state,
  title: (directive) => directive.title,
  required_action: (directive) => directive.required_action,
  facts: (directive) => directive.facts,
  urgency: (directive) => directive.urgency,
  target_team: (directive) => directive.target_team?.name ?? "",
  target_person: (directive) => directive.target_person?.name ?? "",
  place: (directive) => directive.place?.text ?? "",
  responsible: (directive) => directive.responsible?.name ?? "",
  reason: (directive) => directive.reason ?? "",
};

/** The fields a person reads that are no longer what that person saw. */
export function fieldDifferences(seen: Directive, current: Directive): FieldDifference[] {
  return (Object.keys(readers) as ComparedField[])
    .map((field) => ({ field, before: readers[field](seen), after: readers[field](current) }))
    .filter(({ before, after }) => before !== after);
}
