/** Whether an order in hand is covert: then nothing on this phone may light up (domain 1.16). */
import type { Directive } from "@/api/types";
import { isCovert as isCovertOrder } from "@/push/wire";
import { isEnded, memberOf } from "../my_acts";

export function isCovert(orders: Directive[], userId: string): boolean {
  return orders.some((order) => isCovertOrder(order) && !isEnded(order) && memberOf(order, userId)?.answer === "accepted");
}
