import { describe, expect, test } from "vitest";
import type { Handover, PendingItem } from "@/api/types";
import { itemTone, linesOf } from "./pending";

const item = (key: string, changes: Partial<PendingItem> = {}): PendingItem => ({
  key, kind: "clock", subject_kind: "lead", subject_id: "l1", number: null, title: null, since: "2026-03-03T01:00:00.000Z", clock: "C4", clause: "BSS-8",
  due_at: "2026-03-03T02:00:00.000Z", unconfirmed: false, ...changes,
});
const at = (time: string): number => Date.parse(`2026-03-03T${time}Z`);

describe("how near a limit is", () => {
  test.each([["01:29:59.999", "ok"], ["01:30:00.000", "warn"], ["02:00:00.000", "warn"], ["02:00:00.001", "late"]])("at %s it is %s", (time, tone) => {
    expect(itemTone(item("c"), at(time))).toBe(tone);
  });
  test("what a silent phone could still disprove accuses nobody", () => {
    expect(itemTone(item("c", { unconfirmed: true }), at("05:00:00.000"))).toBe("doubt");
  });
  test("what waits without a limit asks to be seen", () => {
    expect(itemTone(item("c", { due_at: null }), at("01:00:00.000"))).toBe("warn");
  });
});

test("what came since the list was frozen stands on top, what is settled since at the end", () => {
  const handover = { pending: [item("a"), item("b")], since: { new: [item("n")], settled: ["a"] } } as unknown as Handover;
  expect(linesOf(handover).map((line) => [line.item.key, line.fresh, line.settled])).toEqual([["n", true, false], ["b", false, false], ["a", false, true]]);
});
