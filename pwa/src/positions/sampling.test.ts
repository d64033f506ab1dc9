/** 李强 drives from the court in 宾川 to 金牛镇: enough fixes to follow him, few enough for his battery. */
import { describe, expect, test } from "vitest";
import { asksOnceAMinute, bearing, distance, nothingYet, paceFor, take, type Reading, type SamplingState } from "./sampling";

const start = Date.parse("2026-11-20T18:20:00.000Z");
const reading = (seconds: number, metresEast = 0, changes: Partial<Reading> = {}): Reading => ({
  longitude: 100.58 + metresEast / 100_200, latitude: 25.82, accuracy_m: 8, altitude_m: null, speed_m_s: null, heading: null,
  at: start + seconds * 1000, ...changes,
});
const run = (readings: Reading[], pace: "rest" | "under_way" | "saving" = "under_way") => {
  let state: SamplingState = nothingYet;
  const kept: Reading[] = [];
  for (const next of readings) {
    const taken = take(state, next, pace);
    state = taken.state;
    if (taken.keep) kept.push(next);
  }
  return { state, kept };
};

describe("which readings are kept", () => {
  test("the first good one", () => expect(run([reading(0)]).kept).toHaveLength(1));

  test("one that moved more than 15 m, not one that only trembles", () => {
    const seconds = run([reading(0), reading(1, 10), reading(2, 14), reading(3, 16)], "rest").kept.map(({ at }) => (at - start) / 1000);
    expect(seconds).toEqual([0, 3]);
  });

  test("a poor reading must move further: 0.7 of its own accuracy", () => {
    const poor = { accuracy_m: 50 };
    expect(run([reading(0), reading(1, 30, poor), reading(2, 36, poor)], "rest").kept).toHaveLength(2);
  });

  test("a turn of more than 30° while moving, also across north", () => {
    const moving = { speed_m_s: 5, heading: 350 };
    expect(run([reading(0, 0, moving), reading(1, 5, { ...moving, heading: 19 }), reading(2, 8, { ...moving, heading: 21 })], "rest").kept).toHaveLength(2);
    expect(run([reading(0, 0, moving), reading(1, 2, { heading: 90, speed_m_s: 1 })], "rest").kept).toHaveLength(1);
  });

  test("standing still: one a minute at rest, one in ten seconds under way", () => {
    const still = Array.from({ length: 301 }, (_, second) => reading(second));
    expect(run(still, "rest").kept).toHaveLength(6);
    expect(run(still, "under_way").kept).toHaveLength(31);
  });

  test("worse than 50 m only when nothing better came for a minute, worse than 200 m never", () => {
    const poor = (second: number) => reading(second, 500, { accuracy_m: 120 });
    expect(run([reading(0), poor(30)]).kept).toHaveLength(1);
    expect(run([reading(0), poor(61)]).kept).toHaveLength(2);
    expect(run([reading(0, 0, { accuracy_m: 900 })]).kept).toEqual([]);
  });

  test("below 15 % battery one fix a minute however fast he drives", () => {
    const drive = Array.from({ length: 181 }, (_, second) => reading(second, second * 20));
    expect(run(drive, "saving").kept).toHaveLength(4);
    expect([paceFor(true, 14), paceFor(true, 15), paceFor(false, null)]).toEqual(["saving", "under_way", "rest"]);
  });
});

describe("how the phone is asked", () => {
  test("once a minute after five minutes without moving, and continuously again under way", () => {
    const { state } = run([reading(0), reading(299), reading(302)], "rest");
    expect(asksOnceAMinute(state, "rest", start + 300_000)).toBe(false);
    expect(asksOnceAMinute(state, "rest", start + 301_000)).toBe(true);
    expect(asksOnceAMinute(state, "under_way", start + 900_000)).toBe(false);
    expect(asksOnceAMinute(state, "saving", start)).toBe(true);
  });
});

test("distance and bearing between the court in 宾川 and the one in 祥云", () => {
  const binchuan = { longitude: 100.5755, latitude: 25.8272 };
  const xiangyun = { longitude: 100.5545, latitude: 25.4838 };
  expect(distance(binchuan, xiangyun) / 1000).toBeCloseTo(38.24, 1);
  expect(bearing(binchuan, xiangyun)).toBeCloseTo(183.2, 0);
});

describe("an officer in danger", () => {
  const still = (second: number, accuracy_m = 10): Reading => ({
    longitude: 100.58, latitude: 25.82, accuracy_m, altitude_m: null, speed_m_s: 0, heading: null, at: 1_000_000 + second * 1000,
  });

  test("is read every three seconds, moving or not, whatever the battery says", () => {
    expect(paceFor(false, 4, true)).toBe("emergency");
    let state = nothingYet;
    const kept = Array.from({ length: 13 }, (_, second) => {
      const taken = take(state, still(second), "emergency");
      state = taken.state;
      return taken.keep;
    });
    expect(kept.flatMap((keep, second) => (keep ? [second] : []))).toEqual([0, 3, 6, 9, 12]);
    expect(asksOnceAMinute(state, "emergency", 1_000_000 + 3_600_000)).toBe(false);
  });

  test("is shown by a coarse place when nothing better comes for nine seconds", () => {
    const { state } = take(nothingYet, still(0), "emergency");
    expect(take(state, still(8, 900), "emergency").keep).toBe(false);
    expect(take(state, still(9, 900), "emergency").keep).toBe(true);
    expect(take(nothingYet, still(0, 2_500), "emergency").keep).toBe(false);
  });
});
