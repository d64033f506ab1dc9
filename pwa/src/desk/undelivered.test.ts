import { expect, test } from "vitest";
import { delivery } from "@/testing/deliveries";
import { liQiang, order, truckOrder, walnutOrder, zhaoMin } from "@/testing/orders";
import { unanswered, undelivered } from "./undelivered";

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const received = { received_at: at("18:10:40"), rung: "socket", next_rung: "commander", next_at: at("18:25:00") } as const;

test("undelivered are people whose devices are silent: urgent first, then who waits longest; not tests, not what is settled", () => {
  const rows = [
    delivery({ id: "calm", urgency: "normal", started_at: at("17:00:00") }), delivery({ id: "late", started_at: at("18:12:00") }), delivery({ id: "first", started_at: at("18:10:00") }),
    delivery({ id: "has it", ...received }), delivery({ id: "called off", settled_at: at("18:11:00"), settled_by: "called_off" }), delivery({ id: "test", subject_kind: "link_test" }),
  ];
  expect(undelivered(rows).map((row) => row.id)).toEqual(["first", "late", "calm"]);
});

test("an order that phones have and nobody answered is one line with its people and the commander's time", () => {
  const rows = [delivery({ id: "a", ...received }), delivery({ id: "b", user: liQiang, ...received }), delivery({ id: "silent", user: { id: "x", name: "周玲" } })];
  expect(unanswered(rows, [order()])).toEqual([{ directiveId: walnutOrder, title: delivery().title, people: [zhaoMin, liQiang], since: at("18:10:00"), next_at: at("18:25:00") }]);
});

test("once the commanders are told no countdown is left, and the line stays until somebody accepts", () => {
  const told = delivery({ ...received, rung: "commander", next_rung: null, next_at: null });
  expect(unanswered([told], [order()])[0]).toMatchObject({ next_at: null });
  const accepted = order({ members: order().members.map((member, index) => (index ? { ...member, answer: "accepted" } : member)) });
  expect(unanswered([told], [accepted])).toEqual([]);
});

test("a colleague who declined leaves the order unanswered", () => {
  const declined = order({ members: order().members.map((member, index) => (index ? { ...member, answer: "declined" } : member)) });
  const settled = delivery({ id: "b", user: liQiang, ...received, settled_at: at("18:12:00"), settled_by: "declined" });
  expect(unanswered([delivery({ id: "a", ...received }), settled], [declined]).map((row) => row.people)).toEqual([[zhaoMin]]);
});

test("an order of which no rung is left to climb for the receiver is not shown twice", () => {
  expect(unanswered([delivery({ ...received, subject_id: truckOrder, next_rung: null, next_at: null })], [])).toEqual([]);
});
