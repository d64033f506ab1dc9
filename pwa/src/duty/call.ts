/** A call at the desk: taken up by one key, timed from that moment, and kept on disk at every stroke. */
import { uuidv7 } from "uuidv7";
import { newLeadForm, type LeadForm } from "./lead_form";

export type CallKind = "lead" | "inquiry";

export interface Call {
  kind: CallKind;
  lead: LeadForm;
  inquiry: { summary: string; caller: string };
}

/** A call picked up at `at` (server-corrected epoch ms): that is the time of receipt, not the time of typing. */
export function pickUp(at: number): Call {
  return { kind: "lead", lead: newLeadForm(uuidv7(), new Date(at).toISOString()), inquiry: { summary: "", caller: "" } };
}

/** The command an inquiry becomes: two fields, no clocks (A17). */
export function inquiryBody(call: Call): Record<string, unknown> {
  return { received_at: call.lead.received_at, summary: call.inquiry.summary.trim(), caller: call.inquiry.caller.trim() || null };
}

/** Elapsed since pick-up as mm:ss, or h:mm:ss. */
export function elapsed(receivedAt: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(receivedAt)) / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
