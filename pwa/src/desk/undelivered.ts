/** Orders no device has confirmed: the other meaning of "delivered", which drives the ladder and stops no clock (A6). */
import type { Directive, Member } from "@/api/types";
import { isOpen } from "@/map/features";

export interface Undelivered {
  directive: Directive;
  member: Member;
  /** When the server placed the order in the member's inbox. */
  since: string;
}

/** Members of open, served orders whose devices have said nothing; the driver does not tap. Longest waiting first. */
export function undelivered(directives: Directive[]): Undelivered[] {
  return directives.flatMap((directive) => {
    const since = directive.served_at ?? directive.issued_at;
    if (!since || !isOpen(directive) || directive.completed_at) return [];
    return directive.members
      .filter((member) => !member.device_received_at && member.answer === "pending" && member.duty !== "driver")
      .map((member) => ({ directive, member, since }));
  }).sort((one, other) => Date.parse(one.since) - Date.parse(other.since));
}
