import { describe, expect, test } from "vitest";
import type { Directive } from "@/api/types";
import { me } from "@/testing/desk";
import { order, xiangyun, zhaoMin } from "@/testing/orders";
import { dialled, isOutside, twinsOf } from "./outside";

const dali = { id: "dali", name: "大理白族自治州中级人民法院" };
const outside: Directive["outside"] = {
  channel: "phone", caller_name: "李某某", call_back_number: null, read_back: true, issuer_number: null, received_at: "2026-11-20T18:02:17.000Z",
  registered_at: "2026-11-20T18:03:00.000Z", registered_by: zhaoMin, copy_id: null,
};
const from = (id: string, changes: Partial<Directive> = {}): Directive => order({ id, kind: "superior", issuing_court: dali, members: [], ...changes });
const told = from("told", { outside, issued_at: "2026-11-20T18:02:17.000Z" });
const copy = from("copy");
const pairs = (directive: Directive, all: Directive[]): string[] => twinsOf(directive, all, me()).map((pair) => `${pair.told.id}=${pair.copy.id}`);

describe("a directive that was telephoned and then issued in the system", () => {
  test("is offered to be joined from either side", () => {
    expect(pairs(told, [told, copy])).toEqual(["told=copy"]);
    expect(pairs(copy, [told, copy])).toEqual(["told=copy"]);
  });

  test("is offered to nobody of another court, and to nobody who may not receive directives", () => {
    expect(twinsOf(told, [told, copy], me({ court: { ...dali, code: "云29" } }))).toEqual([]);
    expect(twinsOf(told, [told, copy], me({ permissions: ["directive.issue"] }))).toEqual([]);
  });

  test.each<[string, Partial<Directive>]>([
    ["older than the call", { issued_at: "2026-11-20T18:02:16.000Z" }],
    ["of another court", { issuing_court: { id: "yunnan", name: "云南省高级人民法院" } }],
    ["given to another court", { target_court: xiangyun }],
    ["given to a team", { target_team: { id: "t", name: "快反一组" } }],
    ["withdrawn", { state: "withdrawn" }],
    ["telephoned itself", { outside }],
    ["a dispatch", { kind: "dispatch" }],
  ])("is not one %s", (_name, changes) => {
    const other = from("copy", changes);
    expect(pairs(told, [told, other])).toEqual([]);
    expect(pairs(other, [told, other])).toEqual([]);
  });

  test("is no longer offered once a team was sent out on the copy, or when a copy is joined", () => {
    const child = order({ id: "child", parent_id: "copy" });
    expect(pairs(told, [told, copy, child])).toEqual([]);
    expect(pairs(told, [told, copy, { ...child, state: "cancelled" }])).toEqual(["told=copy"]);
    const joined = { ...told, outside: { ...outside, copy_id: "another" } };
    expect(pairs(joined, [joined, copy])).toEqual([]);
    expect([isOutside(told), isOutside(joined), isOutside(copy)]).toEqual([true, false, false]);
  });
});

test("a number is dialled by its digits", () => {
  expect(dialled("+86 (0872) 212-5000*1")).toBe("tel:+8608722125000*1");
});
