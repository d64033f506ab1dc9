/** Who has not got an order, and which orders lie there unanswered: the ladder as a desk must watch it (design.md 1, principle 3). */
import type { Delivery, Directive, Named } from "@/api/types";

/** Orders given to people and not settled; neither tests of phones nor what is over. */
function open(deliveries: Delivery[]): Delivery[] {
  return deliveries.filter((one) => one.subject_kind === "directive" && one.settled_at === null);
}

const byUrgencyThenWait = (one: Delivery, other: Delivery): number =>
  Number(other.urgency === "urgent") - Number(one.urgency === "urgent") || Date.parse(one.started_at) - Date.parse(other.started_at) || one.id.localeCompare(other.id);

/** People no device of whom has the order: the urgent first, then who waits longest. */
export function undelivered(deliveries: Delivery[]): Delivery[] {
  return open(deliveries).filter((one) => one.received_at === null).sort(byUrgencyThenWait);
}

export interface Unanswered {
  directiveId: string;
  title: string;
  /** Who has it and has said nothing. */
  people: Named[];
  since: string;
  /** When the commanders are told; null once they are. */
  next_at: string | null;
}

/** Orders that devices have and nobody has answered, one line an order; who declined left the others to answer. */
export function unanswered(deliveries: Delivery[], directives: Directive[]): Unanswered[] {
  const taken = new Set(directives.filter((row) => row.members.some((member) => member.answer === "accepted")).map((row) => row.id));
  const found = new Map<string, Unanswered>();
  for (const one of open(deliveries).filter((row) => row.received_at !== null && !taken.has(row.subject_id)).sort(byUrgencyThenWait)) {
    if (one.next_rung !== "commander" && one.rung !== "commander") continue;
    const known = found.get(one.subject_id);
    if (known) known.people.push(one.user);
    else found.set(one.subject_id, { directiveId: one.subject_id, title: one.title, people: [one.user], since: one.started_at, next_at: one.next_rung === "commander" ? one.next_at : null });
  }
  return [...found.values()];
}
