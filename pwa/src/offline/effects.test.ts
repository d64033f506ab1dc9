/** The screen of 赵敏's phone after each tap, before any server has answered. */
import { expect, test } from "vitest";
import { clockRow, liQiang, order, zhaoMin } from "@/testing/orders";
import { withActs, type Act } from "./effects";

const at = (minute: string): string => `2026-11-20T18:${minute}:00.000Z`;
const act = (name: string, minute: string, body: Record<string, unknown> = {}): Act =>
  ({ command_id: `${name}-${minute}`, type: `directive.${name}`, made_at: at(minute), body });
const after = (...acts: Act[]) => withActs(order(), acts, zhaoMin);

test("each tap leads to the next one", () => {
  const way = [act("accept", "12"), act("depart", "15"), act("arrive", "38"), act("complete", "55", { result: "completed" })];
  const states = way.map((_, index) => after(...way.slice(0, index + 1)).state);
  expect(states).toEqual(["acknowledged", "dispatched", "on_scene", "completed"]);
  expect(after(...way).next_acts).toEqual(["take_over", "note", "feedback"]);
});

test("departing stops the dispatch clock at the officer's own time", () => {
  expect(after(act("accept", "12"), act("depart", "15")).clocks[0]).toMatchObject({ state: "met", stopped_at: at("15") });
});

test("departing after the limit is not called late before the server has judged", () => {
  expect(after(act("depart", "41")).clocks[0]!.state).toBe("unconfirmed");
});

test("another clock of the same order keeps running", () => {
  const both = order({ clocks: [clockRow(), clockRow({ id: "c7", clock: "C7" })] });
  expect(withActs(both, [act("depart", "15")], zhaoMin).clocks.map((row) => row.state)).toEqual(["met", "running"]);
});

test("declining is hers alone: 李强's answer stays open and the state does not move", () => {
  const shown = after(act("decline", "12", { reason: "在外地" }));
  expect(shown.members.map((member) => [member.user.name, member.answer, member.reason])).toEqual([["赵敏", "declined", "在外地"], ["李强", "pending", null]]);
  expect(shown.state).toBe("delivered");
});

test("taking over makes her responsible", () => {
  expect(withActs(order({ responsible: liQiang }), [act("take_over", "20")], zhaoMin).responsible).toEqual(zhaoMin);
});

test("a withdrawn order stays withdrawn whatever she still taps, and the step is kept", () => {
  const shown = withActs(order({ state: "withdrawn" }), [act("complete", "55", { result: "completed" })], zhaoMin);
  expect([shown.state, shown.steps!.length]).toEqual(["withdrawn", 1]);
});

test("the first departure counts when two officers report it", () => {
  expect(withActs(order({ departed_at: at("14"), state: "dispatched" }), [act("depart", "15")], zhaoMin).departed_at).toBe(at("14"));
});

test("the same acts over the same order always give the same order", () => {
  const way = [act("accept", "12"), act("note", "13", { text: "已上车" })];
  expect(after(...way)).toEqual(after(...way));
  expect(after(...way).steps!.map((step) => [step.act, step.text, step.received_at])).toEqual([["accept", null, null], ["note", "已上车", null]]);
});

test("the leader's switch to covert shows at once, and back", () => {
  const covert = (value: unknown) => act("set_covert", "13", { covert: value });
  const shown = (...acts: Act[]) => after(...acts).covert;
  expect([shown(), shown(covert(true)), shown(covert(true), covert(false)), shown(covert("yes"))]).toEqual([false, true, false, false]);
  expect(after(covert(true), covert(false)).steps!.map((step) => step.act)).toEqual(["set_covert", "end_covert"]);
});
