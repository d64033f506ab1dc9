/** The axis of the bars, and the addresses that name a lead's or directive's clocks. */
import { expect, test } from "vitest";
import { addressOf, along, axisOf, chosenIn, endOf, pastTone, stateWord, type ClockHistory, type ClockPast } from "./past";

const id = "0193b0a4-0000-7000-8000-000000000233";

function past(changes: Partial<ClockPast["clock"]> = {}, cancelledAt: string | null = null): ClockPast {
  return {
    clock: { state: "running", started_at: "2026-10-10T09:29:50.000Z", due_at: "2026-10-10T09:59:50.000Z", stopped_at: null, ...changes },
    cancelled_at: cancelledAt,
  } as ClockPast;
}

function history(...clocks: ClockPast[]): ClockHistory {
  return { subject: { at: "2026-10-10T09:29:50.000Z" }, now: "2026-10-10T10:29:50.000Z", clocks } as ClockHistory;
}

test("a running clock reaches to now, and its limit lies half way", () => {
  const axis = axisOf(history(past()));
  expect(along("2026-10-10T09:59:50.000Z", axis)).toBe(0.5);
  expect(endOf(past(), "2026-10-10T10:29:50.000Z")).toBe("2026-10-10T10:29:50.000Z");
});

test("clocks that ended leave now out of the axis", () => {
  const axis = axisOf(history(past({ state: "met", stopped_at: "2026-10-10T09:44:50.000Z" })));
  expect(new Date(axis.end).toISOString()).toBe("2026-10-10T09:59:50.000Z");
  expect(along("2026-10-10T09:44:50.000Z", axis)).toBe(0.5);
});

test("a cancelled clock ends at its cancellation, and nothing lies off the axis", () => {
  const cancelled = past({ state: "cancelled" }, "2026-10-10T09:35:00.000Z");
  expect(endOf(cancelled, "2026-10-10T10:29:50.000Z")).toBe("2026-10-10T09:35:00.000Z");
  const axis = axisOf(history(cancelled));
  expect(along("2026-10-11T00:00:00.000Z", axis)).toBe(1);
  expect(along("2026-10-01T00:00:00.000Z", axis)).toBe(0);
});

test("a subject without clocks still has an axis", () => {
  const axis = axisOf(history());
  expect(axis.end - axis.begin).toBe(60_000);
});

test("an address names what it was made of, and nothing else does", () => {
  expect(chosenIn(`#${addressOf({ kind: "lead", id })}`)).toEqual({ kind: "lead", id });
  for (const other of ["#clocks", "#clocks/team/x", `#clocks/lead/${id}/more`, "#clocks/lead/../../api"]) expect(chosenIn(other)).toBeNull();
});

test("each state has its tone", () => {
  expect((["met", "breached", "unconfirmed", "cancelled", "running"] as const).map((state) => pastTone(past({ state })))).toEqual(["ok", "late", "doubt", "lost", "running"]);
});

test("a target that passed is no lateness to be explained", () => {
  const clock = past({ state: "breached" }).clock;
  expect([stateWord({ ...clock, kind: "rule" }), stateWord({ ...clock, kind: "target" })]).toEqual(["breached", "target_passed"]);
});
