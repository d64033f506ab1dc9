/** What a desk may do online, one function each; a stale revision answers 409.1 with the order as it is now. */
import { api } from "@/api/client";
import type { Directive, DirectiveKind, LastKnown, Lead, Named, Notice, Place } from "@/api/types";

export interface OrderDraft {
  lead_id: string | null;
  parent_id: string | null;
  kind: DirectiveKind;
  target: { court_id: string; team_id: string | null; user_id: string | null };
  title: string;
  facts: string;
  required_action: string;
  legal_basis: string;
  place: Place | null;
  case_number: string | null;
  urgency: "urgent" | "normal";
  requirements: { officers: number; woman: boolean };
  /** The receiving court's own debtor is held elsewhere and must be fetched (BSS-10). */
  fetches_debtor: boolean;
  /** Phones stay dark and silent: an alarm could betray a stake-out (domain 1.16). */
  covert: boolean;
}

/** `id` is made once for this slip: sent again after a cut connection, it is issued once. */
export function issueOrder(draft: OrderDraft, id: string): Promise<Directive> {
  return api.post<Directive>("/api/directives", { ...draft, id }, { timeout: 15_000 });
}

export function actOnDirective(id: string, act: string, revision: number, fields: Record<string, unknown> = {}): Promise<Directive> {
  return api.post<Directive>(`/api/directives/${id}/${act}`, { revision, ...fields });
}

/** Say that `copyId` is the system's copy of a directive that was told outside; the copy ends, its clocks with it. */
export function mergeCopy(told: Directive, copyId: string): Promise<Directive> {
  return actOnDirective(told.id, "merge_copy", told.revision, { copy_id: copyId });
}

export function readDirective(id: string): Promise<Directive> {
  return api.get<Directive>(`/api/directives/${id}`);
}

export type TriageChoice = "urgent" | "non_urgent" | "not_ours";

export function triageLead(lead: Lead, triage: TriageChoice, grounds: string[], reason: string | null): Promise<Lead> {
  return api.post<Lead>(`/api/leads/${lead.id}/triage`, { revision: lead.revision, triage, grounds, reason });
}

/** What came of the lead, and what the reporter was told. */
export function closeLead(lead: Lead, result: string, reply: string | null): Promise<Lead> {
  return api.post<Lead>(`/api/leads/${lead.id}/close`, { revision: lead.revision, result, reply });
}

/** Say that two leads are about one event; answers with the one that goes on. */
export function mergeLeads(lead: Lead, otherId: string): Promise<Lead> {
  return api.post<Lead>(`/api/leads/${lead.id}/merge`, { revision: lead.revision, other_id: otherId });
}

export interface Report { reported_to: string; channel: string; instruction: string }

export function reportLead(lead: Lead, report: Report): Promise<Lead> {
  return api.post<Lead>(`/api/leads/${lead.id}/report`, { revision: lead.revision, ...report });
}

export interface Reporter { name: string | null; phone: string | null; relation: string | null; wants_anonymity: boolean; wants_reply: boolean }

/** The reporter's identity; the server writes who looked, and when. */
export function readReporter(leadId: string): Promise<Reporter> {
  return api.get<Reporter>(`/api/leads/${leadId}/reporter`);
}

export interface CourtRow {
  id: string; name: string; name_en: string; code: string; level: string; parent_id: string | null; longitude: number | null; latitude: number | null;
}
export interface PersonRow extends Named { account: string; court_id: string; roles: string[] }
export interface DeviceRow {
  id: string; user: Named; court_id: string; label: string; enrolled_at: string; revoked_at: string | null; revoked_reason: string | null;
}
export interface EnrolmentOffer { code: string; url: string; qr_svg: string; expires_at: string }

interface LastKnownPage { items: LastKnown[]; next: string | null }

async function items<T>(path: string): Promise<T[]> {
  return (await api.get<{ items: T[] }>(path)).items;
}

export const readPeople = (courtId: string): Promise<PersonRow[]> => items<PersonRow>(`/api/courts/${courtId}/people`);
export const readDevices = (): Promise<DeviceRow[]> => items<DeviceRow>("/api/devices");

/** The last known position of every device this desk may see, page by page. */
export async function readLastKnown(): Promise<LastKnown[]> {
  const found: LastKnown[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page: LastKnownPage = await api.get<LastKnownPage>("/api/last-known", { query: { after } });
    found.push(...page.items);
    after = page.next;
  }
  return found;
}

/** A one-time code that binds a phone to a person of this court. */
export function offerEnrolment(userId: string): Promise<EnrolmentOffer> {
  return api.post<EnrolmentOffer>("/api/devices/enrolments", { user_id: userId });
}

export function revokeDevice(id: string, reason: string): Promise<DeviceRow> {
  return api.post<DeviceRow>(`/api/devices/${id}/revoke`, { reason });
}

/** Take note of what I was told. */
export function acknowledgeNotice(id: string): Promise<Notice> {
  return api.post<Notice>(`/api/notices/${id}/acknowledge`, { user_id: null, how: null });
}

/** Write down how the desk told somebody who cannot take note on a page. */
export function acknowledgeFor(id: string, userId: string, how: string): Promise<Notice> {
  return api.post<Notice>(`/api/notices/${id}/acknowledge`, { user_id: userId, how });
}

/** Everything told about one lead or order, the first first. */
export const readNotices = (kind: "lead" | "directive", id: string): Promise<Notice[]> => items<Notice>(`/api/notices?subject_kind=${kind}&subject_id=${id}`);

/** Orders of the last days, ended ones too, the newest first. */
export const readDirectives = (): Promise<Directive[]> => items<Directive>("/api/directives?state=all&limit=100");

/** Leads of the last days, closed ones too, the newest first. */
export const readLeads = (): Promise<Lead[]> => items<Lead>("/api/leads?state=all&limit=100");
