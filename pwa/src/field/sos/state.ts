/** How my call for help stands on this phone: what is saved here, what the command post has, who answered. */
import { computed, reactive } from "vue";
import type { MyEmergency, PhoneEmergencies, Problem } from "@/api/types";
import type { StoredCommand } from "@/offline/schema";
import { phone } from "../state";
import { pressType, safeType } from "./lane";

export interface SosState {
  /** As the server last told it; ended ones stay until the officer has read it. */
  mine: MyEmergency[];
  dutyPhone: PhoneEmergencies["duty_phone"];
  /** When the question was asked whose answer this is (device time, epoch ms). */
  askedAt: number;
  /** The screen is folded away, to go on working. */
  folded: boolean;
  /** Until when the next press is a drill (device time, epoch ms). */
  drillUntil: number;
  /** A press that could not be saved on this phone: nothing is on its way. */
  unsaved: boolean;
  /** Calls whose end the officer has read. */
  read: Set<string>;
}

export const sos = reactive<SosState>({
  mine: [], dutyPhone: null, askedAt: 0, folded: false, drillUntil: 0, unsaved: false, read: new Set<string>(),
});

/** My call for help: `receivedAt` only when the command post has it, `savedAt` when this phone has. Times as RFC 3339. */
export interface MyCall {
  id: string; drill: boolean; savedAt: string; receivedAt: string | null; answeredAt: string | null; answeredBy: string | null;
  safeAt: string | null; closedAt: string | null; refused: Problem | null; commands: string[];
}

/** The call that the newest press belongs to, from what this phone kept and what the server said; null when there is none. */
export function callOf(commands: StoredCommand[], state: Pick<SosState, "mine" | "askedAt">): MyCall | null {
  const presses = commands.filter((command) => command.type === pressType).sort((a, b) => a.sequence - b.sequence);
  const last = presses.at(-1);
  const known = state.mine.filter((one) => one.kind === "sos");
  const open = known.filter((one) => one.state !== "closed");
  if (!last) return open.at(-1) ? told(open.at(-1)!, commands) : null;
  const id = last.result?.subject_id ?? last.subject_id;
  const server = known.find((one) => one.id === id);
  if (server) return { ...told(server, commands), commands: ofCall(presses, id) };
  if (last.state === "queued" || isNews(last, state)) return pressed(last, presses, id, commands);
  return open.at(-1) ? told(open.at(-1)!, commands) : null;
}

/** Refused and not put aside, or receipted after what the server last told was asked for. */
function isNews(command: StoredCommand, state: Pick<SosState, "askedAt">): boolean {
  if (command.state === "receipted") return (command.settled_at ?? 0) >= state.askedAt;
  return command.handled_at === null;
}

function pressed(last: StoredCommand, presses: StoredCommand[], id: string, commands: StoredCommand[]): MyCall {
  return {
    id, drill: isDrill(last), savedAt: last.made_at, receivedAt: last.state === "receipted" ? last.result?.received_at ?? null : null,
    answeredAt: null, answeredBy: null, safeAt: saidSafe(commands, id, last.sequence), closedAt: null,
    refused: last.state === "attention" ? last.result?.problem ?? null : null, commands: ofCall(presses, id),
  };
}

function told(one: MyEmergency, commands: StoredCommand[]): MyCall {
  return {
    id: one.id, drill: one.drill, savedAt: one.raised_at, receivedAt: one.received_at, answeredAt: one.answered_at,
    answeredBy: one.answered_by?.name ?? null, safeAt: one.safe_at ?? saidSafe(commands, one.id, 0), closedAt: one.closed_at, refused: null,
    commands: [],
  };
}

const ofCall = (presses: StoredCommand[], id: string): string[] =>
  presses.filter((command) => (command.result?.subject_id ?? command.subject_id) === id).map((command) => command.command_id);

function saidSafe(commands: StoredCommand[], id: string, after: number): string | null {
  return commands.find((command) => command.type === safeType && command.subject_id === id && command.sequence > after && command.state === "queued")?.made_at ?? null;
}

function isDrill(command: StoredCommand): boolean {
  try {
    return (JSON.parse(command.payload) as { body?: { drill?: boolean } }).body?.drill === true;
  } catch {
    return false;
  }
}

export const myCall = computed<MyCall | null>(() => {
  const call = callOf(phone.commands, sos);
  return call && call.closedAt !== null && sos.read.has(call.id) ? null : call;
});
/** Whether my call is not yet ended: positions go every three seconds. */
export const inDanger = computed(() => myCall.value !== null && myCall.value.closedAt === null && myCall.value.refused === null);

/** Take the whole of what the server says; what it no longer names has ended, and the officer has to read that. */
export function takeEmergencies(told: PhoneEmergencies, askedAt: number): void {
  const known = new Map(sos.mine.map((one) => [one.id, one]));
  const named = new Set(told.mine.map((one) => one.id));
  const ended = sos.mine.filter((one) => !named.has(one.id) && !sos.read.has(one.id))
    .map((one): MyEmergency => ({ ...one, state: "closed", closed_at: one.closed_at ?? new Date(askedAt).toISOString() }));
  sos.mine = [...ended, ...told.mine.map((one) => ((known.get(one.id)?.revision ?? 0) > one.revision ? known.get(one.id)! : one))];
  sos.dutyPhone = told.duty_phone;
  sos.askedAt = askedAt;
}

/** Take one that changed. */
export function takeEmergency(one: MyEmergency): void {
  const known = sos.mine.find((row) => row.id === one.id);
  if (known && known.revision > one.revision) return;
  sos.mine = [...sos.mine.filter((row) => row.id !== one.id), one];
}
