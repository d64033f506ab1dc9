/** The ticks in words: 已存手机 when the phone has an act, 已送达 only when the server's receipt is here. */
import { nameOfAct } from "@/offline/effects";
import { isStuck } from "@/offline/outcomes";
import type { StoredCommand } from "@/offline/schema";

export type TickState = "saved" | "delivered" | "late" | "problem";
export interface Tick { command_id: string; act: string; at: string; state: TickState }

/** Acts that the officer did not tap. */
const automatic = new Set(["directive.receive"]);

export function tickOf(command: StoredCommand): Tick {
  const { body = {} } = JSON.parse(command.payload) as { body?: Record<string, unknown> };
  const act = nameOfAct(command.type, body);
  return { command_id: command.command_id, act, at: command.made_at, state: stateOf(command) };
}

function stateOf(command: StoredCommand): TickState {
  if (command.state === "queued") return "saved";
  if (command.state === "receipted") return command.result?.result === "superseded" ? "late" : "delivered";
  return "problem";
}

/** The ticks of one order, newest first. */
export function ticksFor(commands: StoredCommand[], orderId: string): Tick[] {
  return commands.filter((command) => command.subject_id === orderId && !automatic.has(command.type))
    .sort((a, b) => b.sequence - a.sequence).map(tickOf);
}

/**
 * What the officer must look at: refused or given-up acts not yet put aside, and what waits because the server cannot handle
 * it, also when the phone sent it by itself: it holds back the acts of its order.
 */
export function needsAttention(commands: StoredCommand[]): StoredCommand[] {
  return commands.filter((command) => isStuck(command)
    || ((command.state === "attention" || command.state === "dead") && command.handled_at === null && !automatic.has(command.type)));
}

/** The officer's acts without the server's receipt and not put aside. */
export function withoutReceipt(commands: StoredCommand[]): StoredCommand[] {
  return commands.filter((command) => command.receipt_epoch === null && command.handled_at === null && !automatic.has(command.type));
}
