import { describe, expect, test } from "vitest";
import { ProblemError } from "@/api/client";
import type { Directive } from "@/api/types";
import { me } from "@/testing/desk";
import { order } from "@/testing/orders";
import { actorName, conflictOf, fieldDifferences } from "./differences";
import { deskActs, shouldDelegate } from "./reader_acts";
import { fromShanghaiInput, toShanghaiInput } from "./times";

test("a stale revision is told as who did what and which fields differ", () => {
  const current = order({ revision: 5, state: "withdrawn", reason: "被执行人已离开" });
  const problem = { status: 409, code: "409.1", zh: "已有新的变化", en: "It has changed", current, changed: [{ act: "withdraw", by: { id: "c1", name: "段玉" }, at: "2026-11-20T18:15:00.000Z" }] };
  const conflict = conflictOf(new ProblemError(409, problem, null));
  expect(conflict?.changed.map((change) => [change.act, actorName(change.by)])).toEqual([["withdraw", "段玉"]]);
  expect(fieldDifferences(order(), conflict!.current)).toEqual([
    { field: "state", before: "delivered", after: "withdrawn" }, { field: "reason", before: "", after: "被执行人已离开" },
  ]);
});

test("another problem is no conflict", () => {
  expect(conflictOf(new ProblemError(409, { status: 409, code: "409.2", zh: "已结束", en: "It has ended" }, null))).toBeNull();
  expect(conflictOf(new Error("x"))).toBeNull();
});

test("the issuing desk may withdraw, the court it was given to may acknowledge, a stranger nothing", () => {
  const superior = order({ kind: "superior", issuing_court: { id: "dali", name: "大理中院" }, members: [], next_acts: ["acknowledge", "object", "withdraw", "note"] });
  const names = (reader: ReturnType<typeof me>): string[] => deskActs(superior, reader).map((act) => act.act);
  expect(names(me())).toEqual(["acknowledge", "object", "note"]);
  expect(names(me({ court: { id: "dali", name: "大理中院", code: "云29" } }))).toEqual(["withdraw", "note"]);
  expect(names(me({ court: { id: "xiangyun", name: "祥云县人民法院", code: "云2923" } }))).toEqual([]);
  expect(names(me({ permissions: ["directive.read"] }))).toEqual([]);
});

test("only a court that was given an order as a court is asked to send a team of its own", () => {
  const toCourt = order({ kind: "superior", issuing_court: { id: "dali", name: "大理中院" }, state: "acknowledged" });
  expect(shouldDelegate(toCourt, me())).toBe(true);
  expect(shouldDelegate({ ...toCourt, target_team: { id: "t", name: "快反一组" } }, me())).toBe(false);
  expect(shouldDelegate({ ...toCourt, state: "dispatched" }, me())).toBe(false);
  expect(shouldDelegate(order({ state: "acknowledged" }), me())).toBe(false);
});

describe("acting for a team that cannot", () => {
  const own = me({ permissions: ["directive.receive"] });
  const acts = (changes: Partial<Directive>) => deskActs(order({ next_acts: ["accept", "acknowledge_for", "depart"], ...changes }), own);

  test("is offered beside the main acts, and plainly where no phone of the team has the order", () => {
    expect(acts({}).map(({ act, weight }) => [act, weight])).toEqual([["acknowledge_for", "second"], ["depart", "more"]]);
    const reached = order().members.map((member, index) => ({ ...member, device_received_at: index === 0 ? "2026-11-20T18:11:00.000Z" : null }));
    expect(acts({ members: reached })[0]).toMatchObject({ act: "acknowledge_for", form: "behalf", weight: "more" });
  });

  test("takes times as Beijing has them and sends them as instants", () => {
    expect(toShanghaiInput(Date.parse("2026-11-20T18:21:36.000Z"))).toBe("2026-11-21T02:21:36");
    expect([fromShanghaiInput("2026-11-21T02:21:36"), fromShanghaiInput("2026-11-21T02:21"), fromShanghaiInput("")]).toEqual(["2026-11-20T18:21:36.000Z", "2026-11-20T18:21:00.000Z", null]);
  });
});
