/** How figures are drawn: days of presets in Beijing, shares of what started, times against the limit. */
import { expect, test } from "vitest";
import { duration, presetDays, sharesOf, tableAddress, timeBar, type FigureRow } from "./figures";

const row = (changes: Partial<FigureRow>): FigureRow => ({
  started: 0, met: 0, breached: 0, unconfirmed: 0, running: 0, cancelled: 0, limit_minutes: 30, working_days: null, median_seconds: null, p95_seconds: null, ...changes,
} as FigureRow);

test("presets end today as Beijing has it", () => {
  const lateInLondon = Date.parse("2026-03-31T16:30:00Z");
  expect(presetDays("this_month", lateInLondon)).toEqual({ from: "2026-04-01", to: "2026-04-01" });
  expect(presetDays("last_month", lateInLondon)).toEqual({ from: "2026-03-01", to: "2026-03-31" });
  expect(presetDays("quarter", lateInLondon)).toEqual({ from: "2026-02-01", to: "2026-04-01" });
  expect(presetDays("year", lateInLondon)).toEqual({ from: "2025-05-01", to: "2026-04-01" });
});

test("the month before January is December", () => {
  expect(presetDays("last_month", Date.parse("2026-01-15T00:00:00Z"))).toEqual({ from: "2025-12-01", to: "2025-12-31" });
});

test("shares are of all that started, and nothing is drawn for none", () => {
  expect(sharesOf(row({ started: 4, met: 2, breached: 1, cancelled: 1 }))).toEqual([
    { state: "met", count: 2, percent: 50 }, { state: "breached", count: 1, percent: 25 }, { state: "cancelled", count: 1, percent: 25 },
  ]);
  expect(sharesOf(row({}))).toEqual([]);
});

test("times stand on one line with the limit, or without one where days are counted", () => {
  const bar = timeBar(row({ median_seconds: 900, p95_seconds: 1800 }));
  expect(bar?.limit).toBeCloseTo(90.9, 1);
  expect(bar?.median).toBeCloseTo(45.5, 1);
  expect(timeBar(row({ limit_minutes: null, working_days: 2, median_seconds: 900, p95_seconds: 1800 }))?.limit).toBeNull();
  expect(timeBar(row({}))).toBeNull();
});

test("durations are read at a glance", () => {
  expect([59, 600, 3_725, 90_061].map(duration)).toEqual([
    { days: 0, clock: "0:59" }, { days: 0, clock: "10:00" }, { days: 0, clock: "1:02:05" }, { days: 1, clock: "1:01:01" },
  ]);
});

test("the table is asked for the same days and court", () => {
  expect(tableAddress({ from: "2026-03-01", to: "2026-03-31", courtId: "" })).toBe("/api/statistics/clocks.csv?from=2026-03-01&to=2026-03-31");
  expect(tableAddress({ from: "2026-03-01", to: "2026-03-31", courtId: "binchuan" })).toContain("&court_id=binchuan");
});
