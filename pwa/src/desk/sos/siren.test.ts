/** The siren says what can really be heard: tones that began, or a browser that keeps the page silent. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

class Audio {
  static state: AudioContextState = "suspended";
  static tones = 0;
  currentTime = 0;
  destination = {};
  get state(): AudioContextState {
    return Audio.state;
  }
  async resume(): Promise<void> {
    if (navigatorTouched) Audio.state = "running";
  }
  createGain(): unknown {
    return { gain: { setValueAtTime: () => undefined }, connect: () => undefined };
  }
  createOscillator(): unknown {
    return { type: "", frequency: { value: 0 }, connect: () => undefined, start: () => (Audio.tones += 1), stop: () => undefined };
  }
}
let navigatorTouched = false;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  vi.stubGlobal("AudioContext", Audio);
  Audio.state = "suspended";
  Audio.tones = 0;
  navigatorTouched = false;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const said = (): string | undefined => document.documentElement.dataset["siren"];

test("sounds again and again until it is stopped", async () => {
  Audio.state = "running";
  const { startSiren, stopSiren } = await import("./siren");
  startSiren();
  startSiren();
  expect([said(), Audio.tones]).toEqual(["sounding", 4]);
  vi.advanceTimersByTime(3_200);
  expect(Audio.tones).toBe(12);
  stopSiren();
  vi.advanceTimersByTime(10_000);
  expect([said(), Audio.tones]).toEqual(["silent", 12]);
});

test("a page nobody touched says that it is silent, and sounds with the first touch", async () => {
  const { startSiren, unlockSiren } = await import("./siren");
  const stop = unlockSiren();
  startSiren();
  expect([said(), Audio.tones]).toEqual(["blocked", 0]);
  navigatorTouched = true;
  document.dispatchEvent(new Event("pointerdown"));
  await vi.advanceTimersByTimeAsync(0);
  expect([said(), Audio.tones]).toEqual(["sounding", 4]);
  stop();
});
