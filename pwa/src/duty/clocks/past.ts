/** What became of clocks, as the server tells it, and where each instant lies on the axis that all bars share. */
import { api } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type ClockHistory = Schemas["ClockHistory"];
export type ClockPast = Schemas["ClockHistory.ClockPast"];
export type ClockSubject = Schemas["ClockHistory.ClockSubject"];
export type Why = Schemas["ClockHistory.WhyShape"];
export type WhatIf = Schemas["WhatIf"];
export type ClockCode = Schemas["WhatIf.ClockCode"];

export interface Chosen { kind: "lead" | "directive"; id: string }

const place = (one: Chosen): string => `/api/${one.kind === "lead" ? "leads" : "directives"}/${one.id}/clocks`;

export const readHistory = (one: Chosen): Promise<ClockHistory> => api.get<ClockHistory>(place(one));
export const paperOf = (one: Chosen): string => `${place(one)}.pdf`;

export async function findSubjects(search: string): Promise<ClockSubject[]> {
  return (await api.get<{ subjects: ClockSubject[] }>("/api/clocks/subjects", { query: { search: search.trim() } })).subjects;
}

/** `at`: RFC 3339. */
export function askWhatIf(courtId: string, clock: string, at: string): Promise<WhatIf> {
  return api.get<WhatIf>("/api/clocks/what-if", { query: { court_id: courtId, clock, at } });
}

/** The address of a subject's clocks on the duty page, and what such an address names. */
export const addressOf = (one: Chosen): string => `clocks/${one.kind}/${one.id}`;

export function chosenIn(hash: string): Chosen | null {
  const match = /^#?clocks\/(lead|directive)\/([0-9a-f-]{36})$/.exec(hash);
  return match ? { kind: match[1] as Chosen["kind"], id: match[2] ?? "" } : null;
}

export interface Axis { begin: number; end: number }

/** From the first to the last instant of all clocks, in epoch ms; a clock that still runs reaches to now. */
export function axisOf(history: ClockHistory): Axis {
  const instants = [Date.parse(history.subject.at)];
  for (const { clock, cancelled_at: cancelledAt } of history.clocks) {
    for (const at of [clock.started_at, clock.due_at, clock.stopped_at, cancelledAt]) if (at) instants.push(Date.parse(at));
    if (!clock.stopped_at && !cancelledAt) instants.push(Date.parse(history.now));
  }
  const begin = Math.min(...instants);
  return { begin, end: Math.max(...instants, begin + 60_000) };
}

/** How far along the axis an instant lies: 0 to 1, never off it. */
export function along(at: string | number, axis: Axis): number {
  const share = (new Date(at).getTime() - axis.begin) / (axis.end - axis.begin);
  return Math.min(1, Math.max(0, share));
}

/** When the clock's time ended or, while it runs, how far it has come. */
export function endOf(past: ClockPast, now: string): string {
  return past.clock.stopped_at ?? past.cancelled_at ?? now;
}

export type PastTone = "ok" | "late" | "doubt" | "lost" | "running";

export function pastTone(past: ClockPast): PastTone {
  const tones: Record<ClockPast["clock"]["state"], PastTone> = { running: "running", met: "ok", breached: "late", unconfirmed: "doubt", cancelled: "lost" };
  return tones[past.clock.state];
}

/** The word for where a clock stands: a target of ours that passed is an alert and asks nobody to explain. */
export function stateWord(clock: ClockPast["clock"]): string {
  return clock.state === "breached" && clock.kind === "target" ? "target_passed" : clock.state;
}
