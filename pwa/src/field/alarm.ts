/** Which new urgent order owns the screen, and whether it may make a sound: an alarm can betray a stake-out (domain 1.16). */
import type { Directive } from "@/api/types";
import { isEnded, memberOf } from "./my_acts";
import { pressingClock } from "./order_list";

export interface Alarm { order: Directive; sound: boolean }

/**
 * The urgent order with the nearest deadline that this officer has neither answered nor silenced. No sound while another
 * of the officer's orders is at its place: there the phone only vibrates.
 */
export function alarmFor(orders: Directive[], userId: string, silenced: ReadonlySet<string>): Alarm | null {
  const waiting = orders.filter((order) => order.urgency === "urgent" && !isEnded(order) && !silenced.has(order.id)
    && order.departed_at === null && memberOf(order, userId)?.answer === "pending" && order.next_acts.includes("accept"));
  const due = (order: Directive): number => Date.parse(pressingClock(order)?.due_at ?? "") || Infinity;
  const [order] = waiting.sort((a, b) => due(a) - due(b));
  if (!order) return null;
  const atWork = orders.some((other) => other.state === "on_scene" && memberOf(other, userId)?.answer === "accepted");
  return { order, sound: !atWork };
}
