/** What an officer's act changes on the screen before the server has answered; folded again over every newer truth. */
import type { CompletionResult, Directive, DirectiveState, Feedback, MemberAnswer, Named, Step } from "@/api/types";

/** An act as stored: `made_at` RFC 3339. */
export interface Act { command_id: string; type: string; made_at: string; body: Record<string, unknown> }

type Change = (order: Directive, act: Act, me: Named) => Partial<Directive>;

const progress: DirectiveState[] = [
  "issued", "delivered", "acknowledged", "reported_to_leader", "dispatched", "on_scene", "completed", "feedback_submitted",
];

/** The later of two states on the straight way; a state off that way (withdrawn, objected) stays. */
function further(state: DirectiveState, proposed: DirectiveState): DirectiveState {
  const at = progress.indexOf(state);
  if (state === "returned") return proposed === "feedback_submitted" ? proposed : state;
  return at >= 0 && progress.indexOf(proposed) > at ? proposed : state;
}

const stands = (state: DirectiveState): number => progress.indexOf(state);

/** What a member may do next in a state, as the server's rules have it. */
function nextActs(state: DirectiveState): string[] {
  const at = stands(state);
  const open = at >= 0 || state === "objected" || state === "returned";
  const onScene = stands("on_scene");
  const beforeDone = (at >= 0 && at <= onScene) || state === "objected";
  const underWay = state === "dispatched" || state === "on_scene";
  const acts: [string, boolean][] = [
    ["accept", beforeDone], ["decline", beforeDone],
    ["take_over", beforeDone || state === "completed" || state === "returned"], ["depart", at >= stands("acknowledged") && at <= onScene],
    ["arrive", underWay], ["complete", underWay], ["note", open],
    ["feedback", state === "completed" || state === "returned"],
  ];
  return acts.filter(([, possible]) => possible).map(([name]) => name);
}

const answered = (order: Directive, act: Act, me: Named, answer: MemberAnswer): Partial<Directive> => ({
  members: order.members.map((member) =>
    member.user.id === me.id ? { ...member, answer, answered_at: act.made_at, reason: text(act.body["reason"]) } : member),
});
const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

const changes: Record<string, Change> = {
  "directive.receive": (order, act, me) => ({
    state: further(order.state, "delivered"),
    members: order.members.map((member) =>
      member.user.id === me.id ? { ...member, device_received_at: member.device_received_at ?? act.made_at } : member),
  }),
  "directive.accept": (order, act, me) => ({
    ...answered(order, act, me, "accepted"), state: further(order.state, "acknowledged"),
    acknowledged_at: order.acknowledged_at ?? act.made_at,
  }),
  "directive.decline": (order, act, me) => answered(order, act, me, "declined"),
  "directive.take_over": (_order, _act, me) => ({ responsible: me }),
  "directive.depart": (order, act) => ({
    departed_at: order.departed_at ?? act.made_at, state: further(order.state, "dispatched"),
    clocks: stopped(order, act, ["C4", "C6", "C8"]),
  }),
  "directive.arrive": (order, act) => ({ arrived_at: order.arrived_at ?? act.made_at, state: further(order.state, "on_scene") }),
  "directive.complete": (order, act) => ({
    completed_at: order.completed_at ?? act.made_at, state: further(order.state, "completed"),
  }),
  "directive.set_covert": (_order, act) => ({ covert: act.body["covert"] === true }),
  "directive.feedback": (order, act) => ({
    feedback_at: act.made_at, state: further(order.state, "feedback_submitted"), feedback: act.body as unknown as Feedback,
    clocks: stopped(order, act, ["C7"]),
  }),
};

/** How the server's steps call an act. */
export function nameOfAct(type: string, body: Record<string, unknown>): string {
  const name = type.replace("directive.", "");
  return name === "set_covert" && body["covert"] !== true ? "end_covert" : name;
}

/** Acts that leave no line in the steps of an order. */
const silent = new Set(["directive.receive"]);

/** A clock the act stops shows as met, or as not yet certain when the act came late, until the server judges. */
function stopped(order: Directive, act: Act, names: string[]): Directive["clocks"] {
  return order.clocks.map((row) => {
    if (!names.includes(row.clock) || row.state !== "running") return row;
    const late = Date.parse(act.made_at) > Date.parse(row.due_at);
    return { ...row, state: late ? "unconfirmed" : "met", stopped_at: act.made_at };
  });
}

/** The order with one act on top. Acts of unknown type add only their step. */
export function withAct(order: Directive, act: Act, me: Named): Directive {
  const changed = { ...order, ...(changes[act.type]?.(order, act, me) ?? {}) };
  const steps = silent.has(act.type) ? order.steps : [...(order.steps ?? []), stepOf(act, me)];
  return { ...changed, steps, next_acts: nextActs(changed.state) };
}

/** The order with several acts on top, oldest first; the same list always gives the same order. */
export function withActs(order: Directive, acts: Act[], me: Named): Directive {
  return acts.reduce((shown, act) => withAct(shown, act, me), order);
}

function stepOf(act: Act, me: Named): Step {
  return {
    id: act.command_id, act: nameOfAct(act.type, act.body), by: me, occurred_at: act.made_at, received_at: null,
    late_sync: false, time_trusted: true, text: text(act.body["text"]) ?? text(act.body["reason"]), position: null,
    result: "applied", revision: 0, on_behalf: false, channel: null, told_by: null, reported_to: null, proof: null, child_id: null,
    finished_as: act.type === "directive.complete" ? completion(act.body["result"]) : null,
  };
}

function completion(value: unknown): CompletionResult | null {
  return value === "completed" || value === "partly" || value === "not_possible" ? value : null;
}
