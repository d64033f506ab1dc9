/** A directive of a court above that is telephoned or faxed: its fields, what it still lacks, and the command it becomes (A13). */
import type { OutsideChannel, Place } from "@/api/types";

export const outsideChannels = ["phone", "fax"] as const;
const thirtyDays = 30 * 24 * 3_600_000;
const longestTitle = 60;

export interface DirectiveForm {
  /** Empty: the nearest court above. */
  issuing_court_id: string;
  channel: OutsideChannel;
  /** RFC 3339: when the fax came in, where that was before somebody took it up; null: at pick-up. */
  faxed_at: string | null;
  caller_name: string;
  call_back_number: string;
  read_back: boolean;
  issuer_number: string;
  /** Empty: the first sentence of what is ordered. */
  title: string;
  required_action: string;
  facts: string;
  /** Empty: the article that makes a desk answer. */
  legal_basis: string;
  case_number: string;
  place: Place;
  urgency: "urgent" | "normal";
  fetches_debtor: boolean;
}

/** What the desk knows without being told: the nearest court above (empty when none is known), and the article for a basis. */
export interface DirectiveDefaults { court: string; legal_basis: string }

export function newDirectiveForm(): DirectiveForm {
  return {
    issuing_court_id: "", channel: "phone", faxed_at: null, caller_name: "", call_back_number: "", read_back: false, issuer_number: "", title: "",
    required_action: "", facts: "", legal_basis: "", case_number: "", place: { text: "", longitude: null, latitude: null, accuracy_m: null },
    urgency: "urgent", fetches_debtor: false,
  };
}

/** When it came in: the pick-up, or the time the fax carries. */
export function receivedAt(form: DirectiveForm, pickedUpAt: string): string {
  return form.channel === "fax" && form.faxed_at ? form.faxed_at : pickedUpAt;
}

/** Its own title, or the first sentence of what is ordered. */
export function titleOf(form: DirectiveForm): string {
  const [sentence = ""] = form.required_action.trim().split(/[。；！？;!?\n]|\. /);
  return form.title.trim() || sentence.trim().slice(0, longestTitle);
}

export type DirectiveProblem = "court" | "caller_name" | "call_back_number" | "faxed_at" | "required_action" | "title" | "facts" | "place";

/** What stops registration at `now` (epoch ms); an order that was not read back can be registered, and says so. */
export function directiveProblems(form: DirectiveForm, defaults: DirectiveDefaults, now: number): DirectiveProblem[] {
  const found: DirectiveProblem[] = [];
  if (!form.issuing_court_id && !defaults.court) found.push("court");
  const faxed = form.channel === "fax" && form.faxed_at ? Date.parse(form.faxed_at) : now;
  if (faxed > now || now - faxed > thirtyDays) found.push("faxed_at");
  if (!form.caller_name.trim()) found.push("caller_name");
  if (form.call_back_number.trim() && !/^[0-9+*() -]{3,40}$/.test(form.call_back_number.trim())) found.push("call_back_number");
  if (!form.required_action.trim()) found.push("required_action");
  else if (!titleOf(form)) found.push("title");
  if (!form.facts.trim()) found.push("facts");
  if (form.place.longitude !== null && !form.place.text.trim()) found.push("place");
  return found;
}

const orNull = (text: string): string | null => text.trim() || null;

/** The body of `directive.receive_outside` for a call picked up then (RFC 3339). */
export function directiveBody(form: DirectiveForm, defaults: DirectiveDefaults, pickedUpAt: string): Record<string, unknown> {
  const hasPlace = form.place.text.trim() !== "" || form.place.longitude !== null;
  return {
    issuing_court_id: form.issuing_court_id || defaults.court, kind: "superior", channel: form.channel, caller_name: form.caller_name.trim(),
    call_back_number: orNull(form.call_back_number), read_back: form.read_back, issuer_number: orNull(form.issuer_number),
    received_at: receivedAt(form, pickedUpAt), title: titleOf(form), required_action: form.required_action.trim(), facts: form.facts.trim(),
    legal_basis: form.legal_basis.trim() || defaults.legal_basis, case_number: orNull(form.case_number),
    place: hasPlace ? { ...form.place, text: form.place.text.trim() } : null, urgency: form.urgency, fetches_debtor: form.fetches_debtor,
  };
}

/** True once anything was written of a directive. */
export function isDirectiveTouched(form: DirectiveForm): boolean {
  const { channel } = form;
  return JSON.stringify({ ...newDirectiveForm(), channel }) !== JSON.stringify(form);
}
