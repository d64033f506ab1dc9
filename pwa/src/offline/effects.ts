/** What an officer's act changes on the screen before the server has answered; folded again over every newer truth. */
import type { CompletionResult, Directive, Feedback, Named, Step } from "@/api/types";

/** An act as stored: `made_at` RFC 3339. */
export interface Act { command_id: string; type: string; made_at: string; body: Record<string, unknown> }

type Change = (order: Directive, act: Act, me: Named) => Partial<Directive>;

const answered = (order: Directive, act: Act, me: Named, answer: "accepted" | "declined"): Partial<Directive> => ({
  members: order.members.map((member) =>
    member.user.id === me.id ? { ...member, answer, answered_at: act.made_at, reason: text(act.body["reason"]) } : member),
});
const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);
const instead = (order: Directive, gone: string[], come: string[]): string[] =>
  [...order.next_acts.filter((act) => !gone.includes(act) && !come.includes(act)), ...come];

const changes: Record<string, Change> = {
  "directive.receive": (order, act, me) => ({
    members: order.members.map((member) =>
      member.user.id === me.id ? { ...member, device_received_at: member.device_received_at ?? act.made_at } : member),
  }),
  "directive.accept": (order, act, me) => ({
    ...answered(order, act, me, "accepted"),
    responsible: order.responsible ?? me,
    next_acts: instead(order, ["accept"], ["depart"]),
  }),
  "directive.decline": (order, act, me) => ({
    ...answered(order, act, me, "declined"),
    next_acts: order.next_acts.filter((name) => !["decline", "depart"].includes(name)),
  }),
  "directive.take_over": (order, _act, me) => ({ responsible: me, next_acts: instead(order, ["take_over"], []) }),
  "directive.depart": (order, act) => ({
    departed_at: order.departed_at ?? act.made_at,
    state: "dispatched",
    clocks: stopped(order, act, ["C4", "C6", "C8"]),
    next_acts: instead(order, ["accept", "decline", "depart"], ["arrive"]),
  }),
  "directive.arrive": (order, act) => ({
    arrived_at: order.arrived_at ?? act.made_at, state: "on_scene", next_acts: instead(order, ["arrive"], ["complete"]),
  }),
  "directive.complete": (order, act) => ({
    completed_at: order.completed_at ?? act.made_at, state: "completed", next_acts: instead(order, ["complete"], ["feedback"]),
  }),
  "directive.feedback": (order, act) => ({
    feedback_at: act.made_at, state: "feedback_submitted", feedback: act.body as unknown as Feedback,
    clocks: stopped(order, act, ["C7"]), next_acts: instead(order, ["feedback"], []),
  }),
};

/** Acts that leave no line in the steps of an order. */
const silent = new Set(["directive.receive"]);

/** A clock the act stops shows as met or late by the officer's own time, until the server judges. */
function stopped(order: Directive, act: Act, names: string[]): Directive["clocks"] {
  return order.clocks.map((row) => {
    if (!names.includes(row.clock) || row.state !== "running") return row;
    const late = Date.parse(act.made_at) > Date.parse(row.due_at);
    return { ...row, state: late ? "unconfirmed" : "met", stopped_at: act.made_at };
  });
}

/** The order with one act on top. Acts of unknown type add only their step. */
export function withAct(order: Directive, act: Act, me: Named): Directive {
  const change = changes[act.type]?.(order, act, me) ?? {};
  const steps = silent.has(act.type) ? order.steps : [...(order.steps ?? []), stepOf(act, me)];
  return { ...order, ...change, steps };
}

/** The order with several acts on top, oldest first; the same list always gives the same order. */
export function withActs(order: Directive, acts: Act[], me: Named): Directive {
  return acts.reduce((shown, act) => withAct(shown, act, me), order);
}

function stepOf(act: Act, me: Named): Step {
  return {
    id: act.command_id, act: act.type.replace("directive.", ""), by: me, occurred_at: act.made_at, received_at: null,
    late_sync: false, text: text(act.body["text"]) ?? text(act.body["reason"]) ?? completion(act.body["result"]), position: null,
    result: "applied", revision: 0,
  };
}

function completion(value: unknown): CompletionResult | null {
  return value === "completed" || value === "partly" || value === "not_possible" ? value : null;
}
