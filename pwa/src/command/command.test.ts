import { expect, test } from "vitest";
import { firstTeam, lead, team } from "@/testing/desk";
import { delivery } from "@/testing/deliveries";
import { clockRow, liQiang, order, truckOrder } from "@/testing/orders";
import type { Board } from "@/desk/board";
import { leadsWaiting, mayBeOrdered, selectedOn } from "@/desk/selection";
import { serialOf, shortNumber } from "@/desk/numbers";
import { counts } from "./counts";
import { marks, moments, outings } from "./moments";

const at = (time: string): number => Date.parse(`2026-11-20T${time}.000Z`);
const iso = (time: string): string => new Date(at(time)).toISOString();
const walnuts = order({ target_team: { id: firstTeam, name: "快反一组" }, departed_at: iso("18:20:00"), state: "dispatched", clocks: [clockRow({ state: "breached", breached_at: iso("18:40:00") })] });
const board: Board = {
  court: { id: "binchuan", name: "宾川县人民法院" }, courts: [], lastKnown: [], notices: [], emergencies: [], deliveries: [delivery(), delivery({ id: "b", user: liQiang }), delivery({ id: "c", received_at: iso("18:10:40") })], leads: [lead()],
  teams: [team({ state: "moving" }), team({ id: "b", state: "on_scene" }), team({ id: "c" })], directives: [walnuts, order({ id: truckOrder, parent_id: walnuts.id })],
  clocks: [clockRow({ id: "late", state: "breached", breached_at: iso("18:40:00") }), clockRow({ id: "soon", due_at: iso("18:55:00"), started_at: iso("18:25:00") }), clockRow({ id: "met", state: "met" })],
};

test("the four numbers: teams out, late, soon, and phones that have not confirmed", () => {
  expect(counts(board, at("18:45:00"))).toEqual({ out: 2, late: 1, soon: 1, undelivered: 2 });
});

test("the time bar shows what happened between its ends, in order, and nothing else", () => {
  const found = moments([lead(), lead({ id: "early", received_at: iso("10:00:00") })], [walnuts], at("18:00:00"), at("19:00:00"));
  expect(found.map((row) => [row.kind, new Date(row.at).toISOString().slice(11, 16)])).toEqual([["lead", "18:02"], ["issued", "18:10"], ["departed", "18:20"], ["breached", "18:40"]]);
});

test("an order called off is a moment of its own; an accepted one is not called off", () => {
  const kinds = (changes: object): string[] => moments([], [order({ clocks: [], ...changes })], at("18:00:00"), at("19:00:00")).map((row) => row.kind);
  expect(kinds({ state: "withdrawn", ended_at: iso("18:30:00") })).toEqual(["issued", "withdrawn"]);
  expect(kinds({ state: "accepted", accepted_at: iso("18:30:00"), ended_at: iso("18:30:00") })).toEqual(["issued", "accepted"]);
});

test("a team is out from its departure to its completion, or until now", () => {
  expect(outings([walnuts], at("18:00:00"), at("18:45:00"))).toEqual([{ key: `directive:${walnuts.id}`, team: "快反一组", from: at("18:20:00"), until: at("18:45:00"), ended: false }]);
  expect(outings([{ ...walnuts, completed_at: iso("18:30:00") }], at("18:00:00"), at("18:45:00"))[0]).toMatchObject({ until: at("18:30:00"), ended: true });
  expect(outings([order()], at("18:00:00"), at("18:45:00"))).toEqual([]);
});

test("marks are whole steps of the clock, a dozen at most", () => {
  expect(marks(at("18:02:00"), at("19:02:00")).map((time) => new Date(time).toISOString().slice(14, 16))).toEqual(["05", "10", "15", "20", "25", "30", "35", "40", "45", "50", "55", "00"]);
  expect(marks(at("00:00:00"), at("23:59:59")).length).toBeLessThanOrEqual(12);
});

test("what a key names is found with what belongs to it", () => {
  expect(selectedOn(board, `directive:${walnuts.id}`)).toMatchObject({ kind: "directive", children: [{ id: truckOrder }] });
  expect(selectedOn(board, `team:${firstTeam}`)).toMatchObject({ kind: "team", directive: null });
  expect(selectedOn(board, "lead:gone")).toBeNull();
  expect(selectedOn(board, null)).toBeNull();
});

test("a lead whose order was withdrawn waits again, urgent ones first; one under way or with a result does not", () => {
  const leads = [
    lead({ id: "plain", triage: "non_urgent", received_at: iso("17:00:00") }), lead({ id: "withdrawn", state: "ordered" }), lead({ id: "under way", state: "departed" }),
    lead({ id: "done", state: "result" }), lead({ id: "older", received_at: iso("17:30:00") }),
  ];
  const directives = [order({ id: "1", lead_id: "withdrawn", state: "withdrawn" }), order({ id: "2", lead_id: "under way", state: "dispatched" })];
  expect(leadsWaiting(leads, directives).map((row) => row.id)).toEqual(["older", "withdrawn", "plain"]);
});

test("a lead may be ordered until it is closed, unless it is no business of ours", () => {
  expect([lead(), lead({ state: "closed" }), lead({ triage: "inquiry" }), lead({ triage: "not_ours" })].map(mayBeOrdered)).toEqual([true, false, false, false]);
});

test.each([["（2026）云2924执指7号", "执指7号", "7"], ["（2026）云2924线索5号", "线索5号", "5"], ["（2026）最高法执指12号", "最高法执指12号", "12"], ["云2924执指0117", "云2924执指0117", "云2924执指0117"]])(
  "%s is called %s", (number, short, serial) => {
    expect(shortNumber(number)).toBe(short);
    expect(serialOf(number)).toBe(serial);
  });
