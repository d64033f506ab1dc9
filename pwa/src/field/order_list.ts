/** Which clock an order shows and in what order the orders stand: nearest deadline first. */
import type { ClockRow, Directive } from "@/api/types";
import { isEnded } from "./my_acts";

const pressing = new Set(["running", "breached", "unconfirmed"]);

/** The clock that presses most: the earliest due one whose act is still owed; null when none is. */
export function pressingClock(order: Directive): ClockRow | null {
  const owed = order.clocks.filter((row) => pressing.has(row.state) && row.stopped_at === null);
  return owed.sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at))[0] ?? null;
}

/** `calledOff`: ended by the issuer before the work was done, and not yet noticed by the officer. */
export interface OrderList { calledOff: Directive[]; open: Directive[]; ended: Directive[] }

const calledOff = new Set(["withdrawn", "superseded", "cancelled"]);

/** Open orders by deadline (those without one after, newest first), then the ended ones, newest first; apart what was called off. */
export function listed(orders: Directive[], noticed: ReadonlySet<string> = new Set()): OrderList {
  const isNews = (order: Directive): boolean => calledOff.has(order.state) && !noticed.has(order.id);
  const due = (order: Directive): number => {
    const clock = pressingClock(order);
    return clock ? Date.parse(clock.due_at) : Infinity;
  };
  const served = (order: Directive): number => Date.parse(order.served_at ?? order.issued_at ?? "") || 0;
  const byDeadline = (a: Directive, b: Directive): number => (due(a) === due(b) ? served(b) - served(a) : due(a) - due(b));
  const byNewest = (a: Directive, b: Directive): number => served(b) - served(a);
  return {
    calledOff: orders.filter(isNews).sort(byNewest),
    open: orders.filter((order) => !isEnded(order)).sort(byDeadline),
    ended: orders.filter((order) => isEnded(order) && !isNews(order)).sort(byNewest),
  };
}
