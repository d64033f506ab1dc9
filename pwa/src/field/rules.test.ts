/** What 赵敏 sees and may tap: the main act, the order of orders, the clause, the ticks and the alarm. */
import { describe, expect, test } from "vitest";
import type { Directive, MemberAnswer } from "@/api/types";
import type { StoredCommand } from "@/offline/schema";
import { clockRow, liQiang, order, truckOrder, walnutOrder, zhaoMin } from "@/testing/orders";
import { concerns, isHot, isUnderWay, myActs } from "./my_acts";
import { listed, pressingClock } from "./order_list";
import { needsAttention, tickOf, ticksFor, withoutReceipt } from "./ticks";
import { wayTo } from "./way";

const at = "2026-11-20T18:20:00.000Z";
const answered = (answer: MemberAnswer, changes: Partial<Directive> = {}): Directive => {
  const base = order(changes);
  return { ...base, members: base.members.map((member) => (member.user.id === zhaoMin.id ? { ...member, answer } : member)) };
};
const everything = ["accept", "decline", "take_over", "depart", "arrive", "complete", "note", "feedback"];

describe("the big button", () => {
  test.each([
    ["a new order", answered("pending", { next_acts: ["accept", "decline", "take_over", "note"] }), "accept"],
    ["an accepted order", answered("accepted", { state: "acknowledged", next_acts: ["accept", "decline", "depart", "note"] }), "depart"],
    ["on the way", answered("accepted", { departed_at: at, next_acts: ["depart", "arrive", "complete", "note"] }), "arrive"],
    ["on scene", answered("accepted", { departed_at: at, arrived_at: at, next_acts: ["depart", "arrive", "complete", "note"] }), "complete"],
    ["completed", answered("accepted", { departed_at: at, arrived_at: at, completed_at: at, next_acts: ["take_over", "note", "feedback"] }), "feedback"],
    ["a report sent back", answered("accepted", { departed_at: at, arrived_at: at, completed_at: at, feedback_at: at, state: "returned", next_acts: ["feedback"] }), "feedback"],
    ["reported, waiting for the issuer", answered("accepted", { departed_at: at, completed_at: at, next_acts: ["note"] }), null],
    ["an order 赵敏 declined", answered("declined", { next_acts: everything }), null],
  ] as [string, Directive, string | null][])("on %s", (_name, shown, main) => expect(myActs(shown, zhaoMin.id).main).toBe(main));

  test("somebody who is not a member may do nothing, whatever the state allows", () => {
    expect(myActs(order({ next_acts: everything }), "a-stranger")).toEqual({ main: null, others: [] });
  });

  test("declining is over once the team has left; taking over is offered only to who is not in charge", () => {
    const waiting = answered("accepted", { next_acts: everything, responsible: liQiang });
    expect(myActs(waiting, zhaoMin.id).others).toEqual(["take_over", "decline", "note"]);
    const moving = answered("accepted", { next_acts: everything, responsible: zhaoMin, departed_at: at, arrived_at: at });
    expect(myActs(moving, zhaoMin.id).others).toEqual(["note"]);
  });

  test("a debtor met on the way: completing without having arrived stays possible", () => {
    expect(myActs(answered("accepted", { departed_at: at, next_acts: ["arrive", "complete", "note"] }), zhaoMin.id).others).toContain("complete");
  });

  test("who declined may still come after all", () => expect(myActs(answered("declined", { next_acts: everything }), zhaoMin.id).others).toContain("accept"));
});

test("an order concerns its members, its person and its team, and nobody else", () => {
  const forTeam = order({ members: [], target_team: { id: "quick-1", name: "快反一组" } });
  expect([concerns(forTeam, zhaoMin.id, ["quick-1"]), concerns(forTeam, zhaoMin.id, ["quick-2"]), concerns(order(), liQiang.id, []),
    concerns(order({ members: [], target_person: zhaoMin }), zhaoMin.id, []), concerns(order(), "a-stranger", [])]).toEqual([true, false, true, true, false]);
  expect([isUnderWay(answered("accepted", { state: "dispatched" }), zhaoMin.id), isUnderWay(answered("declined", { state: "dispatched" }), zhaoMin.id)]).toEqual([true, false]);
});

describe("the list", () => {
  test("shows the earliest clock still owed, also when it is late", () => {
    const clocks = [clockRow({ id: "met", state: "met", due_at: "2026-11-20T18:00:00.000Z", stopped_at: at }),
      clockRow({ id: "report", clock: "C7", due_at: "2026-11-20T19:00:00.000Z" }), clockRow({ id: "late", state: "breached", due_at: "2026-11-20T18:10:00.000Z" })];
    expect(pressingClock(order({ clocks }))!.id).toBe("late");
    expect(pressingClock(order({ clocks: [clocks[0]!] }))).toBeNull();
  });

  test("puts the nearest deadline first, orders without one after, ended ones apart", () => {
    const orders = [order({ id: "without", clocks: [] }), order({ id: "ended", state: "withdrawn" }),
      order({ id: "later", clocks: [clockRow({ due_at: "2026-11-20T20:00:00.000Z" })] }), order({ id: "sooner" })];
    const { calledOff, open, ended } = listed(orders, new Set(["ended"]));
    expect([open.map(({ id }) => id), ended.map(({ id }) => id), calledOff]).toEqual([["sooner", "later", "without"], ["ended"], []]);
  });

  test("an order that was called off stays in sight until 赵敏 has noticed it; what was finished does not come forward", () => {
    const orders = [order({ id: "withdrawn", state: "withdrawn", reason: "上级已撤回：被执行人已履行" }), order({ id: "cancelled", state: "cancelled" }), order({ id: "accepted", state: "accepted" })];
    const ids = (noticed: string[]) => Object.values(listed(orders, new Set(noticed))).map((some: Directive[]) => some.map(({ id }) => id));
    expect(ids([])).toEqual([["withdrawn", "cancelled"], [], ["accepted"]]);
    expect(ids(["withdrawn"])).toEqual([["cancelled"], [], ["withdrawn", "accepted"]]);
  });

  test("says how far and where the place lies", () => {
    const from = { longitude: 100.5755, latitude: 25.8272 };
    expect(wayTo({ text: "金牛镇", longitude: 100.62, latitude: 25.86, accuracy_m: 50 }, from)).toMatchObject({ direction: "ne" });
    expect(wayTo({ text: "金牛镇", longitude: 100.62, latitude: 25.86, accuracy_m: 50 }, from)!.metres).toBeCloseTo(5_755, -2);
    expect([wayTo({ text: "金牛镇", longitude: null, latitude: null, accuracy_m: null }, from), wayTo(null, from), wayTo({ text: "", longitude: 1, latitude: 1, accuracy_m: 1 }, null)]).toEqual([null, null, null]);
  });
});

describe("ticks", () => {
  const command = (changes: Partial<StoredCommand>): StoredCommand => ({
    command_id: "c", device_id: "d", sequence: 1, type: "directive.accept", subject_id: walnutOrder, made_at: at, payload: "{}", signature: "s",
    state: "queued", attempts: 0, next_try_at: 0, strikes: 0, result: null, receipt_epoch: null, settled_at: null, last_failure: null, handled_at: null, ...changes,
  });
  const receipt = (result: "applied" | "superseded") => ({ command_id: "c", result, subject_id: walnutOrder, revision: 4, received_at: at, applied_at: at, problem: null });

  test("已存手机 before the receipt, 已送达 only with it, and never 已送达 for a refused act", () => {
    const states = [command({}), command({ state: "receipted", result: receipt("applied") }), command({ state: "receipted", result: receipt("superseded") }),
      command({ state: "attention" }), command({ state: "dead" })].map((one) => tickOf(one).state);
    expect(states).toEqual(["saved", "delivered", "late", "problem", "problem"]);
  });

  test("an order shows its own acts, newest first, without what the phone sent by itself", () => {
    const commands = [command({ command_id: "a" }), command({ command_id: "b", sequence: 2, type: "directive.depart" }),
      command({ command_id: "r", sequence: 3, type: "directive.receive" }), command({ command_id: "x", sequence: 4, subject_id: truckOrder })];
    expect(ticksFor(commands, walnutOrder).map((tick) => tick.act)).toEqual(["depart", "accept"]);
  });

  test("an act the server cannot handle shows in 需处理 from its fifth such answer, also one the phone sent by itself", () => {
    const stuck = [command({ faults: 4 }), command({ faults: 5 }), command({ faults: 9, type: "directive.receive" }), command({ faults: 9, state: "receipted" })];
    expect(needsAttention(stuck).map(({ faults, type }) => [faults, type])).toEqual([[5, "directive.accept"], [9, "directive.receive"]]);
    expect(tickOf(stuck[1]!).state).toBe("saved");
  });

  test("需处理 holds refused and dead acts until put aside; signing out counts what has no receipt", () => {
    const commands = [command({ state: "attention", receipt_epoch: "e1" }), command({ state: "dead" }), command({ state: "attention", receipt_epoch: "e1", handled_at: 1 }), command({}),
      command({ state: "receipted", receipt_epoch: "e1" }), command({ type: "directive.receive", state: "dead" })];
    expect([needsAttention(commands).length, withoutReceipt(commands).length]).toEqual([2, 2]);
  });
});

test("an urgent order that waits for one's answer stands before everything else, and no other order does", () => {
  const hot = (shown: Directive): boolean => isHot(shown, zhaoMin.id);
  expect([order(), order({ urgency: "normal" }), answered("accepted"), order({ state: "withdrawn" }), order({ members: [] })].map(hot))
    .toEqual([true, false, false, false, false]);
});
