/** What this officer's thumb may do next with an order: one main act, the others out of its way (domain 1.12, 1.16). */
import type { Directive, Member } from "@/api/types";

export type OrderAct = "accept" | "decline" | "take_over" | "depart" | "arrive" | "complete" | "feedback" | "note";
export interface MyActs { main: OrderAct | null; others: OrderAct[] }

/** The main acts in their order; the first one possible is the one on the big button. */
const way: OrderAct[] = ["depart", "arrive", "complete", "feedback"];

export function memberOf(order: Directive, userId: string): Member | undefined {
  return order.members.find((member) => member.user.id === userId);
}

/** Whether the order is this officer's concern: a member, the person or one of the team it was given to. */
export function concerns(order: Directive, userId: string, teamIds: string[]): boolean {
  return memberOf(order, userId) !== undefined || order.target_person?.id === userId
    || (order.target_team !== null && teamIds.includes(order.target_team.id));
}

/** Ended orders are kept on the screen for 72 hours and can only be read. */
export function isEnded(order: Directive): boolean {
  return ["accepted", "withdrawn", "superseded", "cancelled"].includes(order.state);
}

export function isUnderWay(order: Directive, userId: string): boolean {
  return ["dispatched", "on_scene"].includes(order.state) && memberOf(order, userId)?.answer === "accepted";
}

/** An urgent order that waits for this officer's answer: nothing on the screen comes before it. */
export function isHot(order: Directive, userId: string): boolean {
  return !isEnded(order) && order.urgency === "urgent" && memberOf(order, userId)?.answer === "pending";
}

/** The acts of one officer on one order; drivers do not have to tap, and may. */
export function myActs(order: Directive, userId: string): MyActs {
  const member = memberOf(order, userId);
  const possible = (act: OrderAct): boolean => order.next_acts.includes(act);
  if (!member) return { main: null, others: [] };
  if (member.answer === "pending") {
    return { main: possible("accept") ? "accept" : null, others: (["decline", "note"] as OrderAct[]).filter(possible) };
  }
  if (member.answer === "declined") return { main: null, others: (["accept", "note"] as OrderAct[]).filter(possible) };
  const done: Partial<Record<OrderAct, boolean>> = {
    depart: order.departed_at !== null, arrive: order.arrived_at !== null, complete: order.completed_at !== null,
  };
  const main = way.find((act) => possible(act) && !done[act]) ?? null;
  const others = (["take_over", "decline", "note"] as OrderAct[]).filter(possible).filter((act) => {
    if (act === "take_over") return order.responsible !== null && order.responsible.id !== userId;
    return act !== "decline" || order.departed_at === null;
  });
  // Completing without an arrival must stay possible: the debtor may be met on the way.
  if (main === "arrive" && possible("complete")) others.unshift("complete");
  return { main, others };
}

/** Who leads the team on an order may make it covert until it is done. */
export function maySetCovert(order: Directive, userId: string): boolean {
  const member = memberOf(order, userId);
  if (!member || member.answer === "declined" || isEnded(order) || order.completed_at !== null) return false;
  return member.duty === "leader" || order.responsible?.id === userId;
}
