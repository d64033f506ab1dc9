/** What the commander looks at: `lead:…`, `directive:…`, `team:…` or nothing; and the slip being written. */
import type { Directive, Lead, Team } from "@/api/types";
import type { Board } from "@/desk/board";

export type Selected =
  | { kind: "lead"; lead: Lead; orders: Directive[] }
  | { kind: "directive"; directive: Directive; children: Directive[] }
  | { kind: "team"; team: Team; directive: Directive | null };

/** The thing a key names on this board, or null when it is not (or no longer) there. */
export function selectedOn(board: Board, key: string | null): Selected | null {
  const [kind, id] = key?.split(/:(.*)/) ?? [];
  if (kind === "lead") {
    const lead = board.leads.find((row) => row.id === id);
    return lead ? { kind, lead, orders: board.directives.filter((directive) => directive.lead_id === id) } : null;
  }
  if (kind === "directive") {
    const directive = board.directives.find((row) => row.id === id);
    return directive ? { kind, directive, children: board.directives.filter((row) => row.parent_id === id) } : null;
  }
  if (kind === "team") {
    const team = board.teams.find((row) => row.id === id);
    if (!team) return null;
    const directive = board.directives.find((row) => row.id === team.directive_id) ?? null;
    return { kind, team, directive };
  }
  return null;
}

/** True while a lead may still get an order: it is ours and not yet closed. */
export function mayBeOrdered(lead: Lead): boolean {
  return lead.state !== "closed" && lead.triage !== "inquiry" && lead.triage !== "not_ours";
}
