/** What tonight's list shows: the leads of the last day and those still open, with what this desk has not delivered yet on top. */
import type { ClockRow, Directive, Lead, Me } from "@/api/types";
import { byWhatBreaksNext } from "@/desk/clocks";
import type { StoredCommand } from "@/offline/schema";
import { registeredKind, type CallKind } from "./call";

const day = 24 * 3_600_000;

/** Own leads received in the last 24 hours or not closed, the newest first; the board's word goes before `earlier`. */
export function tonight(board: Lead[], earlier: Lead[], courtId: string, now: number): Lead[] {
  const known = new Map([...earlier, ...board].map((lead) => [lead.id, lead]));
  return [...known.values()].filter((lead) => lead.court_id === courtId && (now - Date.parse(lead.received_at) < day || lead.state !== "closed"))
    .sort((one, other) => Date.parse(other.received_at) - Date.parse(one.received_at));
}

/** A registration of this desk that the board does not show yet. */
export interface Pending { id: string; received_at: string; text: string; kind: CallKind; refused: boolean }

/** Registrations kept here that are not on the board: waiting or refused; of what may be lost only the time is known. */
export function pendingRegistrations(commands: StoredCommand[], shown: { id: string }[]): Pending[] {
  const known = new Set(shown.map((row) => row.id));
  return commands.filter((command) => registeredKind(command.type) !== null && !known.has(command.subject_id) && command.handled_at === null
    && command.state !== "receipted")
    .map((command) => {
      const { body = {} } = JSON.parse(command.payload) as { body?: Record<string, unknown> };
      return {
        id: command.subject_id, received_at: String(body["received_at"] ?? command.made_at), text: String(body["summary"] ?? body["content"] ?? body["title"] ?? ""),
        kind: registeredKind(command.type) ?? "lead", refused: command.state === "attention" || command.state === "dead",
      };
    })
    .sort((one, other) => Date.parse(other.received_at) - Date.parse(one.received_at));
}

/** Orders from above that this court has not acknowledged (C1 runs from when they were served). */
export function toAcknowledge(directives: Directive[], me: Me): Directive[] {
  return directives.filter((directive) => directive.target_court.id === me.court.id && directive.target_team === null && directive.target_person === null
    && ["issued", "delivered"].includes(directive.state))
    .sort((one, other) => Date.parse(one.served_at ?? one.issued_at ?? "") - Date.parse(other.served_at ?? other.issued_at ?? ""));
}

/** The clock of an order's answer (C1); none where the court has adopted no limit for it. */
export function answerClock(order: Directive): ClockRow | undefined {
  return order.clocks.find((clock) => clock.clock === "C1");
}

/** Clocks this court must answer for, what breaks next first; the answers owed to `orders` have cards of their own. */
export function ownClocks(clocks: ClockRow[], orders: Directive[], courtId: string, now: number): ClockRow[] {
  const shown = new Set(orders.map((order) => answerClock(order)?.id));
  return byWhatBreaksNext(clocks.filter((clock) => clock.court_id === courtId && !shown.has(clock.id)), now);
}
