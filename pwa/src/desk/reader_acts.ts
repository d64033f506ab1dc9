/** Which of the acts a directive's state allows this reader may do at a desk: as its issuer, or for the court it was given to. */
import type { Directive, Me } from "@/api/types";

export type ActForm = "none" | "reason" | "text" | "report" | "behalf" | "completion" | "feedback";
export interface DeskAct { act: string; form: ActForm; weight: "main" | "second" | "more" }

const forIssuer: DeskAct[] = [
  { act: "accept_feedback", form: "none", weight: "main" },
  { act: "return_feedback", form: "reason", weight: "second" },
  { act: "confirm", form: "none", weight: "main" },
  { act: "withdraw", form: "reason", weight: "more" },
  { act: "cancel", form: "reason", weight: "more" },
];
const forTarget: DeskAct[] = [
  { act: "acknowledge", form: "none", weight: "main" },
  { act: "acknowledge_for", form: "behalf", weight: "more" },
  { act: "report", form: "report", weight: "second" },
  { act: "feedback", form: "feedback", weight: "main" },
  { act: "object", form: "reason", weight: "more" },
  { act: "depart", form: "behalf", weight: "more" },
  { act: "arrive", form: "behalf", weight: "more" },
  { act: "complete", form: "completion", weight: "more" },
];
const note: DeskAct = { act: "note", form: "text", weight: "more" };

/** The acts to offer, in the order they are offered; the server enforces, this only hides what cannot work. */
export function deskActs(directive: Directive, me: Me): DeskAct[] {
  const may = (permission: string): boolean => me.permissions.includes(permission);
  const issuer = directive.issuing_court.id === me.court.id && may("directive.issue");
  const target = directive.target_court.id === me.court.id && may("directive.receive");
  const offered = [...(target ? forTarget : []), ...(issuer ? forIssuer : []), ...(issuer || target ? [note] : [])];
  return offered.filter(({ act }) => directive.next_acts.includes(act))
    .map((act) => (act.act === "acknowledge_for" && isOutOfReach(directive) ? { ...act, weight: "second" } : act));
}

/** True when no phone of the team has the order yet: somebody should tell the team by other means. */
export function isOutOfReach(directive: Directive): boolean {
  return directive.members.every((member) => member.device_received_at === null);
}

/** True when this desk was given the order as a court and should now send a team of its own (child order). */
export function shouldDelegate(directive: Directive, me: Me): boolean {
  const open = ["issued", "delivered", "acknowledged", "reported_to_leader"].includes(directive.state);
  return open && directive.target_team === null && directive.target_person === null
    && directive.target_court.id === me.court.id && directive.issuing_court.id !== me.court.id && me.permissions.includes("directive.issue");
}
