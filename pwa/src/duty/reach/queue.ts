/** Whom to ring now: one person stays in hand until an outcome is written, whatever else moves on the list meanwhile; pure. */
import type { CallEntry } from "@/api/types";

export interface Queue {
  /** In hand: the keys count for this person and nobody else. */
  current: CallEntry | null;
  /** The person in hand needs no call any more (a phone has the order, or it is settled); keys rest until the next is taken. */
  gone: boolean;
}

const idOf = (entry: CallEntry): string => entry.delivery.id;

/** The queue after the list was read again: nobody changes under the finger of whoever is about to press a key. */
export function follow(queue: Queue, list: CallEntry[]): Queue {
  if (queue.current === null) return { current: list[0] ?? null, gone: false };
  const still = list.find((entry) => idOf(entry) === idOf(queue.current as CallEntry));
  return still ? { current: still, gone: false } : { current: queue.current, gone: true };
}

/** The next one after an outcome was written, or after `gone` was read; the one in hand comes again only when nobody else waits. */
export function goOn(queue: Queue, list: CallEntry[]): Queue {
  const others = list.filter((entry) => queue.current === null || idOf(entry) !== idOf(queue.current));
  return { current: others[0] ?? list[0] ?? null, gone: false };
}
