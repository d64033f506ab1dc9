/** 李强's phone: watched while he drives, asked once a minute while he waits, dark when the battery is nearly empty. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Fix } from "@/api/types";
import { Sampler, type PositionPermission } from "./sampler";

const start = Date.parse("2026-11-20T18:20:00.000Z");
let watchers: Map<number, PositionCallback>;
let refused: PositionErrorCallback | null | undefined;
let asked: number;
let kept: Fix[];
let permissions: PositionPermission[];
let battery: number | null;

const geolocation = {
  watchPosition: (success: PositionCallback, error?: PositionErrorCallback | null) => {
    const id = watchers.size + 1;
    watchers.set(id, success);
    refused = error;
    return id;
  },
  clearWatch: (id: number) => void watchers.delete(id),
  getCurrentPosition: () => void (asked += 1),
};

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  watchers = new Map();
  asked = 0;
  kept = [];
  permissions = [];
  battery = null;
});
afterEach(() => vi.useRealTimers());

const sampler = (): Sampler => new Sampler({
  geolocation: geolocation as Geolocation, now: () => Date.now(), corrected: (time) => time - 420_000, batteryPercent: () => battery,
  keep: async (fix) => void kept.push(fix), seen: () => undefined, permission: (state) => permissions.push(state),
});
const here = (changes: Partial<GeolocationCoordinates> = {}): void => {
  const coords = { longitude: 100.58, latitude: 25.82, accuracy: 9, altitude: null, speed: null, heading: Number.NaN, altitudeAccuracy: null, ...changes };
  for (const success of watchers.values()) success({ coords, timestamp: Date.now() } as GeolocationPosition);
};

test("a reading becomes a fix in server time, without what the phone does not know", () => {
  battery = 63;
  sampler().start();
  here();
  expect(kept).toEqual([{ fixed_at: "2026-11-20T18:13:00.000Z", longitude: 100.58, latitude: 25.82, accuracy_m: 9, battery_percent: 63 }]);
  expect(permissions).toEqual(["granted"]);
});

test("after five still minutes the watch ends and the phone is asked once a minute; departing starts it again", () => {
  const sampling = sampler();
  sampling.start();
  here();
  vi.setSystemTime(start + 301_000);
  here();
  expect(watchers.size).toBe(0);
  vi.advanceTimersByTime(120_000);
  expect(asked).toBe(2);
  sampling.setUnderWay(true);
  expect(watchers.size).toBe(1);
  vi.advanceTimersByTime(120_000);
  expect(asked).toBe(2);
});

test("below 15 % battery the watch ends even on the way", () => {
  const sampling = sampler();
  sampling.start();
  sampling.setUnderWay(true);
  battery = 14;
  here();
  expect(watchers.size).toBe(0);
  expect(sampling.pace).toBe("saving");
});

test("a refused permission ends the reading and is told", () => {
  const sampling = sampler();
  sampling.start();
  refused?.({ code: 1, PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3, message: "" });
  expect([permissions.at(-1), watchers.size]).toEqual(["denied", 0]);
});

test("a lost signal is no refusal: the watch goes on", () => {
  sampler().start();
  refused?.({ code: 3, PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3, message: "" });
  expect([permissions, watchers.size]).toEqual([[], 1]);
});

test("an act carries a position only when it is fresh", () => {
  const sampling = sampler();
  sampling.start();
  here();
  expect(sampling.recent(120_000)).toMatchObject({ longitude: 100.58 });
  vi.setSystemTime(start + 120_001);
  expect(sampling.recent(120_000)).toBeNull();
});
