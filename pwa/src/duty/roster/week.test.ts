import { describe, expect, test } from "vitest";
import type { Shift } from "@/api/types";
import { countOf, daysOf, placed, weekStart } from "./week";

const at = (text: string): number => Date.parse(`2026-${text}:00+08:00`);
const shift = (begin: string, end: string, more: Partial<Shift> = {}): Shift => ({
  id: begin, revision: 1, court_id: "binchuan", post: "A", planned_start: new Date(at(begin)).toISOString(), planned_end: new Date(at(end)).toISOString(),
  state: "planned", on_post_at: null, off_post_at: null, absent_reason: null, relieves: false, overdue: false, people: [], handover_in: null, handover_out: null, ...more,
});

describe("the week of an instant", () => {
  test("begins on Monday by China's calendar, also when it is Sunday elsewhere", () => {
    expect(weekStart(at("03-02T00:30"))).toBe(at("03-02T00:00"));
    expect(weekStart(at("03-08T23:59"))).toBe(at("03-02T00:00"));
    expect(weekStart(at("03-03T09:00"), 1)).toBe(at("03-09T00:00"));
    expect(daysOf(at("03-02T00:00")).at(-1)).toBe(at("03-08T00:00"));
  });
});

describe("where a shift stands in its week", () => {
  const place = (one: Shift, now = at("03-02T07:00")): [number, number, boolean][] => placed([one], at("03-02T00:00"), now).map(({ column, span, fromBefore }) => [column, span, fromBefore]);

  test("a day's shift stands in the day it begins, and not in the one it is handed over in", () => {
    expect(place(shift("03-03T08:20", "03-04T08:20"))).toEqual([[2, 1, false]]);
  });
  test("a night's shift that ends after noon of the next day stands in both", () => {
    expect(place(shift("03-03T20:00", "03-04T14:00"))).toEqual([[2, 2, false]]);
  });
  test("a week's shift goes to the end of the week", () => {
    expect(place(shift("03-04T08:20", "03-11T08:20"))).toEqual([[3, 5, false]]);
  });
  test("what began on Sunday and is kept on Monday morning stands on Monday", () => {
    expect(place(shift("03-01T08:20", "03-02T08:20"))).toEqual([[1, 1, true]]);
  });
  test("and not any more, or not yet, when that is another day's morning", () => {
    expect(place(shift("03-01T08:20", "03-02T08:20"), at("03-01T20:00"))).toEqual([]);
  });
  test("what was over before the week is not in it", () => {
    expect(place(shift("03-01T08:20", "03-02T08:20", { off_post_at: new Date(at("03-01T20:00")).toISOString() }))).toEqual([]);
  });
});

test.each([
  ["2026-03-02", "2026-03-08", "08:20", 24, 7], ["2026-03-02", "2026-03-02", "08:20", 12, 2], ["2026-03-08", "2026-03-02", "08:20", 24, 0], ["", "2026-03-02", "08:20", 24, 0],
])("from %s to %s, handed over at %s every %i hours: %i shifts", (first, last, handOver, every, count) => {
  expect(countOf(first, last, handOver, every)).toBe(count);
});
