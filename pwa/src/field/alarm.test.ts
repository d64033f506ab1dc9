/** When 赵敏's phone rings, how, and when it must not: an alarm can betray a stake-out (domain 1.16). */
import { describe, expect, test } from "vitest";
import type { Directive, DutyMine, MemberAnswer } from "@/api/types";
import { clockRow, liQiang, order, truckOrder, walnutOrder, zhaoMin } from "@/testing/orders";
import { alarmFor, isOnShift, mannerOf, type Manner, type Situation } from "./alarm";
import { maySetCovert } from "./my_acts";

const at = "2026-11-20T18:20:00.000Z";
const answered = (answer: MemberAnswer, changes: Partial<Directive> = {}): Directive => {
  const base = order(changes);
  return { ...base, members: base.members.map((member) => (member.user.id === zhaoMin.id ? { ...member, answer } : member)) };
};
const covert = (changes: Partial<Directive> = {}): Directive => order({ covert: true, ...changes });
const alarm = (orders: Directive[], silenced: string[] = [], onShift = true) => alarmFor(orders, zhaoMin.id, new Set(silenced), onShift);

describe("the alarm", () => {
  test("the unanswered urgent order with the nearest deadline takes the screen and rings", () => {
    const later = order({ id: truckOrder, clocks: [clockRow({ due_at: "2026-11-20T19:10:00.000Z" })] });
    expect(alarm([later, order()])).toMatchObject({ order: { id: walnutOrder }, manner: "full" });
  });

  test.each([
    ["an answered order", answered("accepted")], ["a normal order", order({ urgency: "normal" })], ["a withdrawn order", order({ state: "withdrawn" })],
    ["an order the team has already left for", order({ departed_at: at })], ["somebody else's order", order({ members: [] })],
  ] as [string, Directive][])("not for %s", (_name, shown) => expect(alarm([shown])).toBeNull());

  test("a silenced order stays silent", () => expect(alarm([order()], [walnutOrder])).toBeNull());

  test("no sound while she stands before another debtor's door", () => {
    const stakeOut = answered("accepted", { id: truckOrder, state: "on_scene", departed_at: at });
    expect(alarm([order(), stakeOut])).toMatchObject({ order: { id: walnutOrder }, manner: "vibrate" });
  });

  test("a covert order darkens the screen; one kept by a version that knew no covert orders rings", () => {
    const { covert: _covert, ...kept } = order();
    expect([alarm([covert()])?.manner, alarm([kept as Directive])?.manner]).toEqual(["covert", "full"]);
  });

  test("lying in wait on the way to a covert order, any other urgent order comes dark and without a sound", () => {
    const lying = { ...answered("accepted", { id: truckOrder, state: "dispatched", departed_at: at }), covert: true };
    expect(alarm([order(), lying])?.manner).toBe("covert");
    expect(alarm([order(), { ...lying, completed_at: at }])?.manner).toBe("full");
    const notHers = { ...answered("declined", { id: truckOrder, state: "dispatched", departed_at: at }), covert: true };
    expect(alarm([order(), notHers])?.manner).toBe("full");
  });

  test("off shift it rings once", () => expect(alarm([order()], [], false)?.manner).toBe("once"));
});

test("the rule of sounds, whole", () => {
  const free: Situation = { hidden: false, atWork: false, onShift: true };
  const manner = (urgency: "urgent" | "normal", isCovert: boolean, changes: Partial<Situation>): Manner => mannerOf({ urgency }, isCovert, { ...free, ...changes });
  const situations: Partial<Situation>[] = [{}, { onShift: false }, { atWork: true }, { hidden: true }, { atWork: true, onShift: false }, { hidden: true, atWork: true, onShift: false }];
  expect(situations.map((one) => manner("urgent", false, one))).toEqual(["full", "once", "vibrate", "covert", "vibrate", "covert"]);
  expect(new Set(situations.map((one) => manner("urgent", true, one)))).toEqual(new Set(["covert"]));
  expect(new Set(situations.flatMap((one) => [manner("normal", false, one), manner("normal", true, one)]))).toEqual(new Set(["quiet"]));
});

describe("on shift", () => {
  const begin = Date.parse("2026-11-20T12:00:00.000Z");
  const end = Date.parse("2026-11-21T00:00:00.000Z");
  const duty = (state: string, standing = "named", person = zhaoMin): Pick<DutyMine, "shifts"> => ({
    shifts: [{ state, planned_start: new Date(begin).toISOString(), planned_end: new Date(end).toISOString(), people: [{ ...person, function: "officer", standing, replaced_by: null }] }],
  }) as unknown as Pick<DutyMine, "shifts">;

  test("from the first second of a planned shift to its last, and as long as she is on post", () => {
    expect([begin - 1, begin, end - 1, end].map((now) => isOnShift(duty("planned"), zhaoMin.id, now))).toEqual([false, true, true, false]);
    expect(isOnShift(duty("on_post"), zhaoMin.id, end + 3_600_000)).toBe(true);
    expect(isOnShift(duty("handed_over"), zhaoMin.id, begin + 1)).toBe(false);
  });

  test("not in a shift she gave to somebody else, nor in one of 李强", () => {
    expect([isOnShift(duty("on_post", "swapped"), zhaoMin.id, begin), isOnShift(duty("on_post", "named", liQiang), zhaoMin.id, begin)]).toEqual([false, false]);
  });

  test("a duty that was never read counts as on shift: a call too loud beats one missed", () => expect(isOnShift(null, zhaoMin.id, begin)).toBe(true));
});

test("who leads the team may make an order covert until it is done, and nobody else", () => {
  const may = (shown: Directive, who = zhaoMin): boolean => maySetCovert(shown, who.id);
  expect([may(order()), may(order(), liQiang), may(order({ responsible: liQiang }), liQiang), may(order({ members: [] })), may(answered("declined")),
    may(order({ completed_at: at })), may(order({ state: "withdrawn" }))]).toEqual([true, false, true, false, false, false, false]);
});
