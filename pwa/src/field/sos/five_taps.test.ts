/** Five quick taps at the very top of the screen call for help; four, slow ones and taps on buttons do not. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { betweenTaps, FiveTaps, watchFiveTaps } from "./five_taps";

test("five within 600 ms of each other, and the count begins anew after", () => {
  const taps = new FiveTaps();
  const at = [0, 200, 400, 700, 700 + betweenTaps];
  expect(at.map((now) => taps.tap(now))).toEqual([false, false, false, false, true]);
  expect(taps.tap(1_400)).toBe(false);
});

test("a pause of a millisecond more is a new beginning", () => {
  const taps = new FiveTaps();
  for (const now of [0, 100, 200, 300]) taps.tap(now);
  expect(taps.tap(301 + betweenTaps)).toBe(false);
});

let called = 0;
let stop: () => void;
beforeEach(() => {
  called = 0;
  document.body.innerHTML = "<header><h1>我的指令</h1><button>返回</button></header>";
  stop = watchFiveTaps(() => (called += 1));
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});
const tap = (target: string, clientY: number): void => {
  for (let count = 0; count < 5; count += 1) {
    document.querySelector(target)!.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, clientY }));
  }
};

test("on the title they call, on the back button and further down they do not", () => {
  tap("button", 20);
  tap("h1", 200);
  expect(called).toBe(0);
  tap("h1", 20);
  expect(called).toBe(1);
});
