import { expect, test } from "vitest";
import type { LingdaEvent } from "@/api/types";
import { firstTeam, known, lead, team, thirdTeam } from "@/testing/desk";
import { delivery } from "@/testing/deliveries";
import { clockRow, order, truckOrder, walnutOrder } from "@/testing/orders";
import { applyEvent, applyFixes, completed, type Board } from "./board";

const board: Board = {
  court: { id: "binchuan", name: "宾川县人民法院" }, courts: [],
  teams: [team(), team({ id: thirdTeam, name: "快反三组" })], lastKnown: [known()], notices: [], emergencies: [], deliveries: [], leads: [lead()],
  directives: [order({ target_team: { id: firstTeam, name: "快反一组" } }), order({ id: truckOrder, number: "云2924执指0118", clocks: [clockRow({ id: "other", subject_id: truckOrder })] })],
  clocks: [clockRow(), clockRow({ id: "other", subject_id: truckOrder })],
};
const event = (kind: string, data: object, revision = 4): LingdaEvent =>
  ({ cursor: 9, kind, subject_id: walnutOrder, revision, court_id: "binchuan", team_id: null, at: "2026-11-20T18:20:00.000Z", data: { ...data } });

test("an order that departs changes its own clocks, its team's state, and nothing of the order beside it", () => {
  const departed = order({ target_team: { id: firstTeam, name: "快反一组" }, revision: 4, state: "dispatched", clocks: [clockRow({ state: "met", stopped_at: "2026-11-20T18:20:00.000Z" })] });
  const after = applyEvent(board, event("directive.changed", departed));
  expect(after.directives.map((row) => row.state)).toEqual(["dispatched", "delivered"]);
  expect(after.clocks.map((row) => [row.subject_id, row.state])).toEqual([[truckOrder, "running"], [walnutOrder, "met"]]);
  expect(after.teams.map((row) => [row.name, row.state, row.directive_id])).toEqual([["快反一组", "moving", walnutOrder], ["快反三组", "standby", null]]);
});

test("an event that comes late does not put an order back", () => {
  const newer = applyEvent(board, event("directive.changed", order({ revision: 7, state: "on_scene" })));
  expect(applyEvent(newer, event("directive.changed", order({ revision: 5, state: "dispatched" })))).toBe(newer);
});

test("a team's event keeps its phones and what it is doing", () => {
  const moving = applyEvent(board, event("directive.changed", order({ target_team: { id: firstTeam, name: "快反一组" }, revision: 4, state: "dispatched" })));
  const { state: _state, directive_id: _order, device_count: _phones, ...told } = team({ revision: 2, name: "快反一组（新）" });
  const [changed] = applyEvent(moving, event("team.changed", told)).teams;
  expect(changed).toMatchObject({ name: "快反一组（新）", state: "moving", device_count: 2 });
});

test("an order tells its lead's clock too: it stays one clock in the list, and a change of it is seen everywhere", () => {
  const leadClock = clockRow({ id: "c4", clock: "C4", subject_kind: "lead", subject_id: lead().id });
  const withLeadClock = { ...board, leads: [lead({ clocks: [leadClock] })], clocks: [...board.clocks, leadClock] };
  const told = applyEvent(withLeadClock, event("directive.changed", order({ revision: 4, lead_id: lead().id, clocks: [leadClock] })));
  expect(told.clocks.map((row) => row.id)).toEqual(["other", "c4"]);
  const met = applyEvent(told, event("clock.changed", { ...leadClock, state: "met" }));
  expect([met.clocks.find((row) => row.id === "c4")?.state, met.leads[0]?.clocks[0]?.state, met.directives[0]?.clocks[0]?.state]).toEqual(["met", "met", "met"]);
});

test("an unknown event changes nothing", () => {
  expect(applyEvent(board, event("seal.changed", { id: "x" }))).toBe(board);
});

test("a fix that was on its way for long does not move a phone back", () => {
  const older = known({ longitude: 100.1, fixed_at: "2026-11-20T18:09:00.000Z" });
  const other = known({ device_id: "phone-li", longitude: 100.2 });
  expect(applyFixes(board, [older, other]).lastKnown.map((row) => [row.device_id, row.longitude])).toEqual([["phone-zhao", 100.58], ["phone-li", 100.2]]);
});

test("a delivery that moves is seen at once; one that comes late changes nothing, and a picture of an older page has none", () => {
  const received = delivery({ revision: 3, received_at: "2026-11-20T18:10:40.000Z" });
  const after = applyEvent({ ...board, deliveries: [delivery({ revision: 2 })] }, event("delivery.changed", received));
  expect(after.deliveries.map((row) => row.received_at)).toEqual([received.received_at]);
  expect(applyEvent(after, event("delivery.changed", delivery({ revision: 2 })))).toBe(after);
  const { deliveries: _none, ...older } = board;
  expect(completed(older as Board).deliveries).toEqual([]);
});
