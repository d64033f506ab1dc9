/** What the commander looks at: `lead:…`, `directive:…`, `team:…` or nothing; and the slip being written. */
import type { Directive, Lead, Team } from "@/api/types";
import { isOpen } from "@/map/features";
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

/** Leads nobody is going for: open, ours, and without an open order (an order may have been withdrawn). Urgent first, then the oldest. */
export function leadsWaiting(leads: Lead[], directives: Directive[]): Lead[] {
  const underWay = new Set(directives.filter(isOpen).map((directive) => directive.lead_id));
  return leads.filter((lead) => mayBeOrdered(lead) && !["result", "verified"].includes(lead.state) && !underWay.has(lead.id))
    .sort((one, other) => Number(other.triage === "urgent") - Number(one.triage === "urgent") || Date.parse(one.received_at) - Date.parse(other.received_at));
}

/** True while a lead may still get an order: it is ours and not yet closed. */
export function mayBeOrdered(lead: Lead): boolean {
  return lead.state !== "closed" && lead.triage !== "inquiry" && lead.triage !== "not_ours";
}
