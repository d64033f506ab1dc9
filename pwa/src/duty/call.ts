/** A call at the desk: taken up by one key, timed from that moment, and kept on disk at every stroke. */
import { uuidv7 } from "uuidv7";
import type { Place } from "@/api/types";
import type { Draft } from "@/offline/outbox";
import { isTouched, leadBody, leadProblems, newLeadForm, type LeadForm, type LeadProblem } from "./lead_form";
import { directiveBody, directiveProblems, isDirectiveTouched, newDirectiveForm, type DirectiveDefaults, type DirectiveForm, type DirectiveProblem } from "./outside/directive_form";

export const callKinds = ["inquiry", "lead", "directive"] as const;
export type CallKind = (typeof callKinds)[number];
export type Triage = "urgent" | "non_urgent" | null;
export type CallProblem = LeadProblem | DirectiveProblem | "summary";

export interface Call {
  kind: CallKind;
  lead: LeadForm;
  inquiry: { summary: string; caller: string };
  directive: DirectiveForm;
}
/** A call as an older page may have kept it. */
export type KeptCall = Omit<Call, "directive"> & { directive?: Partial<DirectiveForm> };

/** A call picked up at `at` (server-corrected epoch ms): that is the time of receipt, not the time of typing. */
export function pickUp(at: number): Call {
  return { kind: "lead", lead: newLeadForm(uuidv7(), new Date(at).toISOString()), inquiry: { summary: "", caller: "" }, directive: newDirectiveForm() };
}

/** A call from disk, with what its page did not know yet. */
export function wholeCall(call: KeptCall): Call {
  return { ...call, directive: { ...newDirectiveForm(), ...call.directive } };
}

/** True while nothing was written in any of its forms. */
export function isUntouched(call: Call): boolean {
  return !isTouched(call.lead) && !isDirectiveTouched(call.directive) && !call.inquiry.summary && !call.inquiry.caller;
}

/** The place of what the call is about; an inquiry has that of a lead. */
export function placeOf(call: Call): Place {
  return call.kind === "directive" ? call.directive.place : call.lead.place;
}

export function withPlace(call: Call, place: Place): Call {
  if (call.kind === "directive") return { ...call, directive: { ...call.directive, place } };
  return { ...call, lead: { ...call.lead, place } };
}

/** What stops registration at `now` (epoch ms). */
export function callProblems(call: Call, triage: Triage, defaults: DirectiveDefaults, now: number): CallProblem[] {
  if (call.kind === "lead") return leadProblems(call.lead, triage);
  if (call.kind === "directive") return directiveProblems(call.directive, defaults, now);
  return call.inquiry.summary.trim() ? [] : ["summary"];
}

/** The command the call becomes; its id is the call's, so that a call sent twice is registered once. */
export function registrationOf(call: Call, triage: Triage, defaults: DirectiveDefaults): Draft {
  const { id: subject_id, received_at } = call.lead;
  if (call.kind === "lead") return { type: "lead.register", subject_id, body: leadBody(call.lead, triage) };
  if (call.kind === "directive") return { type: "directive.receive_outside", subject_id, body: directiveBody(call.directive, defaults, received_at) };
  return { type: "inquiry.register", subject_id, body: inquiryBody(call) };
}

/** The command an inquiry becomes: two fields, no clocks (A17). */
export function inquiryBody(call: Call): Record<string, unknown> {
  return { received_at: call.lead.received_at, summary: call.inquiry.summary.trim(), caller: call.inquiry.caller.trim() || null };
}

/** Which kind of call a command registers, or null for any other command. */
export function registeredKind(type: string): CallKind | null {
  return ({ "lead.register": "lead", "inquiry.register": "inquiry", "directive.receive_outside": "directive" } as Record<string, CallKind>)[type] ?? null;
}

/** Elapsed since pick-up as mm:ss, or h:mm:ss. */
export function elapsed(receivedAt: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(receivedAt)) / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
