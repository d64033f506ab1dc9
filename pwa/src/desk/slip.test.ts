import { describe, expect, test } from "vitest";
import { lead, me, team, thirdTeam } from "@/testing/desk";
import { clockRow, order } from "@/testing/orders";
import { courtsAbove, courtsBelow } from "./courts";
import { childSlip, emptySlip, mayFetchDebtor, missing, slipFor, type SlipWords } from "./slip";

const words: SlipWords = {
  title: (debtor, place) => `${place} ${debtor}`, action: (ground) => `action:${ground}`, verifyAction: "verify", rules: (clauses) => `规则${clauses}`, language: "zh-CN",
};

describe("a slip for an urgent lead", () => {
  const clocks = [clockRow({ id: "1", clause: "BSS-8" }), clockRow({ id: "2", clause: "BSS-8" }), clockRow({ id: "3", clause: "BSS-7(1)" }), clockRow({ id: "4", clause: "BSS-6", kind: "target" })];
  const slip = slipFor(lead({ clocks }), team({ id: thirdTeam, name: "快反三组" }), "binchuan", words);

  test("is a dispatch to the chosen team with place, case, facts and the action of its ground", () => {
    expect(slip).toMatchObject({
      kind: "dispatch", urgency: "urgent", target: { court_id: "binchuan", team_id: thirdTeam, user_id: null }, title: "金牛镇菜园 王某某",
      facts: "仓库内已查封核桃正在装车。", required_action: "action:sealed_property_endangered", case_number: "（2026）云2924执118号",
      place: { text: "金牛镇菜园" },
    });
  });

  test("cites each rule of its clocks once, and no target of our own", () => {
    expect(slip.legal_basis).toBe("规则第七条（一）、第八条");
  });

  test("lacks nothing: the next press issues it", () => {
    expect(missing(slip, "binchuan")).toEqual([]);
  });
});

test("a lead that is not urgent becomes a verification and keeps a legacy case number as written", () => {
  const slip = slipFor(lead({ triage: "non_urgent", grounds: [], case_number: null, legacy_case_number: "（2015）白林执字第12号" }), null, "binchuan", words);
  expect(slip).toMatchObject({ kind: "verify", urgency: "normal", required_action: "verify", case_number: "（2015）白林执字第12号" });
  expect(missing(slip, "binchuan")).toEqual(["legal_basis", "target"]);
});

test("an order to a court below may name no team, an order within the court must", () => {
  const dali = me({ court: { id: "dali", name: "大理白族自治州中级人民法院", code: "云29" } });
  const filled = { title: "a", facts: "b", required_action: "c", legal_basis: "d" };
  expect(missing({ ...emptySlip(dali, "binchuan", null), ...filled }, "dali")).toEqual([]);
  expect(missing({ ...emptySlip(dali, "dali", null), ...filled }, "dali")).toEqual(["target"]);
  expect(emptySlip(dali, "binchuan", null).kind).toBe("superior");
});

test("the order of a court's own team under an order from above carries it on", () => {
  const parent = order({ kind: "superior", issuing_court: { id: "dali", name: "大理白族自治州中级人民法院" }, legal_basis: "第十项" });
  expect(childSlip(parent, me())).toMatchObject({ kind: "dispatch", parent_id: parent.id, title: parent.title, legal_basis: "第十项", target: { court_id: "binchuan", team_id: null } });
});

test("only an order from above may be to fetch a debtor, and the order under it does not repeat that", () => {
  expect(mayFetchDebtor(emptySlip(me(), "xiangyun", null))).toBe(true);
  expect(mayFetchDebtor(emptySlip(me(), "binchuan", null))).toBe(false);
  expect(childSlip(order({ kind: "superior", fetches_debtor: true }), me()).fetches_debtor).toBe(false);
});

test("courts below are found at any depth, those above nearest first, and not those beside or above", () => {
  const court = (id: string, parent_id: string | null) => ({ id, parent_id, name: id, name_en: id, code: id, level: "", longitude: null, latitude: null });
  const courts = [court("yunnan", null), court("dali", "yunnan"), court("binchuan", "dali"), court("jilin", null)];
  expect(courtsBelow(courts, "yunnan").map((row) => row.id)).toEqual(["dali", "binchuan"]);
  expect(courtsBelow(courts, "binchuan")).toEqual([]);
  expect(courtsAbove(courts, "binchuan").map((row) => row.id)).toEqual(["dali", "yunnan"]);
  expect(courtsAbove(courts, "yunnan")).toEqual([]);
  expect(courtsAbove([], "binchuan")).toEqual([]);
});
