/** The lead registration form (线索登记表, domain 1.13): its fields, what it still lacks, and the command it becomes. */
import type { Lead, Place } from "@/api/types";

export const channels = ["phone", "visit", "police", "grid_worker", "handler", "web"] as const;
export const kinds = ["property", "whereabouts", "both"] as const;
export const groundCodes = ["sealed_property_endangered", "valuable_movables_at_hand", "high_consumption_now", "other"] as const;
export const riskCodes = ["weapons", "crowd", "illness"] as const;

export interface LeadForm {
  /** Made when the call is taken up, so that a form sent twice is one lead. */
  id: string;
  /** RFC 3339: the moment of pick-up, server-corrected. */
  received_at: string;
  channel: Lead["channel"];
  kind: Lead["kind"];
  content: string;
  case_number_text: string;
  debtor_name: string;
  debtor_identity_tail: string;
  place: Place;
  /** Epoch milliseconds, or null. */
  chance_from: number | null;
  chance_until: number | null;
  grounds: string[];
  risks: string[];
  reporter: { name: string; phone: string; relation: string; wants_anonymity: boolean; wants_reply: boolean };
}

/** An untouched form for a call taken up at `received_at`. */
export function newLeadForm(id: string, receivedAt: string): LeadForm {
  return {
    id, received_at: receivedAt, channel: "phone", kind: "property", content: "", case_number_text: "", debtor_name: "",
    debtor_identity_tail: "", place: { text: "", longitude: null, latitude: null, accuracy_m: null }, chance_from: null,
    chance_until: null, grounds: [], risks: [],
    reporter: { name: "", phone: "", relation: "", wants_anonymity: false, wants_reply: false },
  };
}

export type LeadProblem = "content" | "grounds" | "chance" | "identity_tail" | "phone" | "place";

/** What stops registration with this triage: only what the rule itself asks for (BSS-5(2) content, BSS-7(1) grounds). */
export function leadProblems(form: LeadForm, triage: "urgent" | "non_urgent" | null): LeadProblem[] {
  const found: LeadProblem[] = [];
  if (!form.content.trim()) found.push("content");
  if (triage === "urgent" && form.grounds.length === 0) found.push("grounds");
  if (form.chance_from && form.chance_until && form.chance_until < form.chance_from) found.push("chance");
  if (form.debtor_identity_tail.trim() && !/^[0-9Xx]{4,6}$/.test(form.debtor_identity_tail.trim())) found.push("identity_tail");
  if (form.reporter.phone.trim() && !/^[0-9+*() -]{3,40}$/.test(form.reporter.phone.trim())) found.push("phone");
  if (form.place.longitude !== null && !form.place.text.trim()) found.push("place");
  return found;
}

const orNull = (text: string): string | null => text.trim() || null;
const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The body of `lead.register`. */
export function leadBody(form: LeadForm, triage: "urgent" | "non_urgent" | null): Record<string, unknown> {
  const hasPlace = form.place.text.trim() !== "" || form.place.longitude !== null;
  const { reporter } = form;
  const hasReporter = Boolean(reporter.name.trim() || reporter.phone.trim() || reporter.relation.trim());
  return {
    received_at: form.received_at, channel: form.channel, kind: form.kind, content: form.content.trim(),
    case_number_text: orNull(form.case_number_text), debtor_name: orNull(form.debtor_name),
    debtor_identity_tail: orNull(form.debtor_identity_tail)?.toUpperCase() ?? null,
    place: hasPlace ? { ...form.place, text: form.place.text.trim() } : null,
    chance_from: instant(form.chance_from), chance_until: instant(form.chance_until), grounds: form.grounds, risks: form.risks,
    reporter: hasReporter
      ? { ...reporter, name: orNull(reporter.name), phone: orNull(reporter.phone), relation: orNull(reporter.relation) }
      : null,
    triage,
  };
}

/** True once anything was typed: such a form is kept as a draft, an untouched one is not worth a question. */
export function isTouched(form: LeadForm): boolean {
  return JSON.stringify({ ...newLeadForm(form.id, form.received_at), channel: form.channel, kind: form.kind }) !== JSON.stringify(form);
}
