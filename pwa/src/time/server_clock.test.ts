/** A phone seven minutes fast still shows the court's countdown, and says when it no longer knows. */
import { beforeEach, describe, expect, test } from "vitest";
import { countdown, momentText, remaining } from "./format";
import { ServerClock } from "./server_clock";

let wall: number;
let steady: number;
let clock: ServerClock;
beforeEach(() => {
  wall = Date.parse("2026-11-20T18:19:00.000Z");
  steady = 5_000;
  clock = new ServerClock(() => wall, () => steady);
});
const pass = (milliseconds: number): void => {
  wall += milliseconds;
  steady += milliseconds;
};
/** An answer of a server seven minutes behind this phone; the answer leaves the server `there` ms after it was asked. */
const answer = (there: number, back: number): void => {
  const sentAt = wall;
  const serverTime = wall + there - 7 * 60_000;
  pass(there + back);
  clock.take({ serverTime, sentAt, answeredAt: wall });
};

describe("correction", () => {
  test("is unknown before the first answer", () => expect(clock.correction().uncertainty).toBeNull());

  test("takes the middle of the round trip, and half of it as uncertainty", () => {
    answer(50, 50);
    expect(clock.now()).toBe(wall - 7 * 60_000);
    expect(clock.correction().uncertainty).toBe(50);
  });

  test("believes the quickest of the last eight answers", () => {
    answer(10, 10);
    for (let count = 0; count < 7; count += 1) answer(900, 100);
    expect(clock.correction().uncertainty).toBeLessThan(12);
    answer(900, 100);
    expect(clock.correction().uncertainty).toBeGreaterThanOrEqual(500);
    expect(clock.correction().offset).toBe(-7 * 60_000 + 400);
  });

  test("grows less sure as the measurement ages", () => {
    answer(10, 10);
    pass(24 * 3_600_000);
    expect(clock.correction().uncertainty).toBeCloseTo(4_330, -1);
  });

  test("is unknown after somebody set the clock, until the next answer", () => {
    answer(10, 10);
    pass(1_000);
    clock.watchForJump();
    wall += 2 * 3_600_000;
    steady += 1_000;
    clock.watchForJump();
    expect(clock.correction().uncertainty).toBeNull();
    answer(10, 10);
    expect(clock.correction().uncertainty).toBe(10);
  });

  test("is still known after the phone slept, when the steady clock stood still", () => {
    answer(10, 10);
    clock.watchForJump();
    wall += 3_600_000;
    clock.wake();
    clock.watchForJump();
    expect(clock.correction().uncertainty).not.toBeNull();
  });

  test("is unknown when the clock went back while the phone slept", () => {
    answer(10, 10);
    clock.watchForJump();
    wall -= 60_000;
    clock.wake();
    expect(clock.correction().uncertainty).toBeNull();
  });

  test("of an earlier run serves at the start, unless the clock went back behind it", () => {
    clock.restore({ offset: -420_000, uncertainty: 30, measuredAt: wall - 1_000 });
    expect([clock.now(), clock.correction().uncertainty]).toEqual([wall - 420_000, 30]);
    const other = new ServerClock(() => wall, () => steady);
    other.restore({ offset: -420_000, uncertainty: 30, measuredAt: wall + 1 });
    expect(other.correction().uncertainty).toBeNull();
  });
});

describe("countdown", () => {
  const due = "2026-11-20T18:40:00.000Z";
  const left = (instant: string): string | null => countdown(remaining(due, Date.parse(instant)));

  test("counts down to the second and is on time at the very second", () => {
    expect([left("2026-11-20T18:21:18.000Z"), left("2026-11-20T18:40:00.000Z"), left("2026-11-20T18:41:05.000Z")]).toEqual(["18:42", "00:00", "−01:05"]);
    expect(remaining(due, Date.parse(due)).late).toBe(false);
    expect(remaining(due, Date.parse(due) + 1).late).toBe(true);
  });

  test("has hours above sixty minutes and words above a day", () => {
    expect([left("2026-11-20T17:33:40.000Z"), left("2026-11-18T17:33:40.000Z")]).toEqual(["1:06:20", null]);
  });

  test("moments are told in Beijing time, with the day when it is another", () => {
    const now = Date.parse("2026-11-20T18:12:00.000Z");
    expect([momentText(due, now), momentText("2026-11-20T15:59:00.000Z", now)]).toEqual(["02:40", "11-20 23:59"]);
  });
});
