/** Which new urgent order owns the screen, and how it may call: an alarm can betray a stake-out, and sleep is not duty (domain 1.16). */
import type { Directive, DutyMine } from "@/api/types";
import { isCovert } from "@/push/wire";
import { isEnded, memberOf } from "./my_acts";
import { pressingClock } from "./order_list";

/**
 * How an order calls. `full`: sound and vibration until it is answered. `once`: one ring, then a vibration every ten
 * seconds. `vibrate`: no sound. `covert`: a dark screen, a short vibration, never a sound. `quiet`: a card in the list.
 */
export type Manner = "full" | "once" | "vibrate" | "covert" | "quiet";
export interface Alarm { order: Directive; manner: Exclude<Manner, "quiet"> }

/** Where the officer is: `hidden` in a covert order of their own, `atWork` at the place of another one, `onShift` on duty. */
export interface Situation { hidden: boolean; atWork: boolean; onShift: boolean }

/** The rule of sounds: a normal order never sounds, an urgent one always, unless that could betray or wakes who is off duty. */
export function mannerOf(order: Pick<Directive, "urgency">, covert: boolean, { hidden, atWork, onShift }: Situation): Manner {
  if (order.urgency !== "urgent") return "quiet";
  if (covert || hidden) return "covert";
  if (atWork) return "vibrate";
  return onShift ? "full" : "once";
}

/** Whether a shift of mine runs at a time (epoch ms). A duty not known counts as on shift: a call too loud beats one missed. */
export function isOnShift(duty: Pick<DutyMine, "shifts"> | null, userId: string, at: number): boolean {
  if (!duty) return true;
  return duty.shifts.some((shift) => shift.people.some((one) => one.id === userId && one.standing === "named")
    && (shift.state === "on_post" || (shift.state === "planned" && Date.parse(shift.planned_start) <= at && at < Date.parse(shift.planned_end))));
}

/** Whether the officer lies in wait: a covert order accepted and not yet done. */
export function isHidden(orders: Directive[], userId: string): boolean {
  return orders.some((order) => isCovert(order) && !isEnded(order) && order.completed_at === null && memberOf(order, userId)?.answer === "accepted");
}

/** Whether the officer stands at the place of an order. */
export function isOnScene(orders: Directive[], userId: string): boolean {
  return orders.some((order) => order.state === "on_scene" && memberOf(order, userId)?.answer === "accepted");
}

/**
 * The urgent order with the nearest deadline that this officer has neither answered nor silenced, and how it calls. None
 * once the team has left for it.
 */
export function alarmFor(orders: Directive[], userId: string, silenced: ReadonlySet<string>, onShift: boolean): Alarm | null {
  const waiting = orders.filter((order) => order.urgency === "urgent" && !isEnded(order) && !silenced.has(order.id)
    && order.departed_at === null && memberOf(order, userId)?.answer === "pending" && order.next_acts.includes("accept"));
  const due = (order: Directive): number => Date.parse(pressingClock(order)?.due_at ?? "") || Infinity;
  const [order] = waiting.sort((a, b) => due(a) - due(b));
  if (!order) return null;
  const manner = mannerOf(order, isCovert(order), { hidden: isHidden(orders, userId), atWork: isOnScene(orders, userId), onShift });
  return manner === "quiet" ? null : { order, manner };
}
