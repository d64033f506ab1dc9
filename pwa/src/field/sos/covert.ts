/** Whether an order in hand is covert: then nothing on this phone may light up (domain 1.16). */
import type { Directive } from "@/api/types";
import { isEnded, memberOf } from "../my_acts";

type MaybeCovert = Directive & { covert?: boolean };

export function isCovert(orders: Directive[], userId: string): boolean {
  return orders.some((order: MaybeCovert) => order.covert === true && !isEnded(order) && memberOf(order, userId)?.answer === "accepted");
}
