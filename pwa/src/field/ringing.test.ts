/** How a call sounds and feels: what each manner plays and shakes, when it stops, and that the screen stays on meanwhile. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Alarm } from "./alarm";

let shaken: (number | number[])[];
let played: number;
let screen: string[];
let allowed: boolean;
let contexts: { state: string }[];

class FakeAudio extends EventTarget {
  state = "suspended";
  currentTime = 0;
  destination = {};
  constructor() {
    super();
    contexts.push(this);
  }
  async resume(): Promise<void> {
    if (!allowed) return new Promise(() => undefined);
    this.state = "running";
    this.dispatchEvent(new Event("statechange"));
  }
  createGain() {
    played += 1;
    return { connect: () => undefined, gain: { setValueAtTime: () => undefined } };
  }
  createOscillator() {
    return { connect: () => undefined, start: () => undefined, stop: () => undefined, frequency: { value: 0 }, type: "" };
  }
}

/** A page just opened: the module keeps what it knows of the page. */
async function page() {
  vi.resetModules();
  return import("./ringing");
}

beforeEach(() => {
  [shaken, played, screen, allowed, contexts] = [[], 0, [], true, []];
  vi.useFakeTimers();
  vi.stubGlobal("AudioContext", FakeAudio);
  Object.assign(navigator, { vibrate: (pattern: number | number[]) => shaken.push(pattern) });
  Object.defineProperty(navigator, "wakeLock", { configurable: true, value: { request: async () => (screen.push("on"), { released: false, release: async () => void screen.push("off") }) } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("ten seconds of each manner, sound unlocked at shift start", () => {
  test.each([
    ["full", 5, 5, [600, 200, 600]], ["once", 1, 1, [600, 200, 600]], ["vibrate", 0, 5, [600, 200, 600]], ["covert", 0, 3, [120, 120, 120, 120, 120]],
  ] as [Alarm["manner"], number, number, number[]][])("%s rings %i times and shakes %i times", async (manner, rings, shakes, pattern) => {
    const { ring, stopRinging, unlockSound } = await page();
    await unlockSound();
    ring(manner);
    await vi.advanceTimersByTimeAsync(9_999);
    expect([played, shaken.length, shaken[0]]).toEqual([rings, shakes, pattern]);
    stopRinging();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([played, shaken.length, shaken[shaken.length - 1], screen]).toEqual([rings, shakes + 1, 0, ["on", "off"]]);
  });

  test("off shift it goes on vibrating every ten seconds", async () => {
    const { ring } = await page();
    ring("once");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(shaken).toHaveLength(4);
  });
});

test("a browser that holds the sound back says so, goes on vibrating, and rings at the first touch", async () => {
  const { ring, sound, unlockSoundOnTouch } = await page();
  unlockSoundOnTouch();
  ring("full");
  await vi.advanceTimersByTimeAsync(4_000);
  expect([sound.value, played, shaken.length]).toEqual(["off", 0, 3]);
  document.dispatchEvent(new Event("pointerdown"));
  await vi.advanceTimersByTimeAsync(0);
  expect([sound.value, played]).toEqual(["on", 1]);
});

test("the single ring off shift is not lost when the sound comes late, and stays single", async () => {
  const { ring, unlockSound } = await page();
  ring("once");
  await vi.advanceTimersByTimeAsync(5_000);
  await unlockSound();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(played).toBe(1);
});

test("a touch during a covert call makes no sound", async () => {
  const { ring, unlockSound } = await page();
  ring("covert");
  await unlockSound();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(played).toBe(0);
});

test("a trial tells whether it was heard, and does not wait for a browser that keeps silent", async () => {
  const first = await page();
  expect(await first.tryRing()).toBe(true);
  allowed = false;
  const second = await page();
  const heard = second.tryRing();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([await heard, second.sound.value]).toEqual([false, "off"]);
});

test("without any sound in the browser it still vibrates", async () => {
  vi.stubGlobal("AudioContext", undefined);
  const { ring, sound } = await page();
  ring("full");
  expect([sound.value, shaken.length]).toEqual(["unsupported", 1]);
});
