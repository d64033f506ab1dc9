/** A directive slip filled in before anybody types: from the lead, its grounds, its clocks and the team chosen (domain 1.13). */
import type { ClockRow, Directive, Lead, Me, Team } from "@/api/types";
import type { OrderDraft } from "./acts";
import { clauseName } from "./clocks";

/** Texts the slip needs, in the language the order is written in. */
export interface SlipWords {
  title(debtor: string, place: string): string;
  action(ground: string): string;
  verifyAction: string;
  rules(clauses: string): string;
  language: string;
}

/** What a lead's clocks cite, once each, in the order of the articles. */
export function legalBasis(clocks: ClockRow[], words: SlipWords): string {
  const clauses = [...new Set(clocks.filter((clock) => clock.kind === "rule").map((clock) => clock.clause))].sort();
  return clauses.length === 0 ? "" : words.rules(clauses.map((clause) => clauseName(clause, words.language)).join(words.language === "en" ? ", " : "、"));
}

/** The slip for a lead and, once chosen, a team of `courtId`; a lead that is not urgent is to be verified (BSS-7(2)). */
export function slipFor(lead: Lead, team: Team | null, courtId: string, words: SlipWords): OrderDraft {
  const urgent = lead.triage === "urgent";
  const actions = lead.grounds.map((ground) => words.action(ground));
  return {
    lead_id: lead.id,
    parent_id: null,
    kind: urgent ? "dispatch" : "verify",
    target: { court_id: team?.court_id ?? courtId, team_id: team?.id ?? null, user_id: null },
    title: words.title(lead.debtor_name ?? "", lead.place?.text ?? "").trim(),
    facts: lead.content,
    required_action: urgent ? [...new Set(actions)].join("\n") || words.action("other") : words.verifyAction,
    legal_basis: legalBasis(lead.clocks, words),
    place: lead.place,
    case_number: lead.case_number ?? lead.legacy_case_number,
    urgency: urgent ? "urgent" : "normal",
    requirements: { officers: 2, woman: false }, fetches_debtor: false, covert: false,
  };
}

/** An empty slip of a superior court to a court below (DL-8, DL-10), or of a court to its own team without a lead. */
export function emptySlip(me: Me, courtId: string, team: Team | null): OrderDraft {
  const superior = courtId !== me.court.id;
  return {
    lead_id: null, parent_id: null, kind: superior ? "superior" : "dispatch",
    target: { court_id: courtId, team_id: team?.id ?? null, user_id: null },
    title: "", facts: "", required_action: "", legal_basis: "", place: null, case_number: null, urgency: "urgent",
    requirements: { officers: 2, woman: false }, fetches_debtor: false, covert: false,
  };
}

/** The slip of a court's own team that carries out an order from above: its departure stops the parent's clock (DL-10). */
export function childSlip(parent: Directive, me: Me): OrderDraft {
  return {
    ...emptySlip(me, me.court.id, null), parent_id: parent.id, title: parent.title, facts: parent.facts, required_action: parent.required_action,
    legal_basis: parent.legal_basis ?? "", place: parent.place, case_number: parent.case_number, urgency: parent.urgency,
    requirements: parent.requirements, covert: parent.covert,
  };
}

/** Only an order from above, or for assistance, may be to fetch the receiving court's own debtor (BSS-10). */
export function mayFetchDebtor(draft: OrderDraft): boolean {
  return draft.kind === "superior" || draft.kind === "assistance";
}

export type SlipField = "title" | "required_action" | "facts" | "legal_basis" | "target" | "place";

/** What is still missing before the slip can be issued. */
export function missing(draft: OrderDraft, ownCourt: string): SlipField[] {
  const found: SlipField[] = [];
  if (!draft.title.trim()) found.push("title");
  if (!draft.required_action.trim()) found.push("required_action");
  if (!draft.facts.trim()) found.push("facts");
  if (!draft.legal_basis.trim()) found.push("legal_basis");
  if (draft.place && !draft.place.text.trim()) found.push("place");
  if (!draft.target.court_id) found.push("target");
  if (draft.target.court_id === ownCourt && !draft.target.team_id && !draft.target.user_id) found.push("target");
  return found;
}
