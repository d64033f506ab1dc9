/** The ring of an urgent order: vibration at once, sound once the officer has touched the page (browsers demand it), the screen on. */
import { computed, ref } from "vue";
import { ScreenWake } from "@/positions/wake_lock";
import type { Alarm } from "./alarm";

type Manner = Alarm["manner"];
interface Call { tones: "repeated" | "once" | "never"; vibration: number[]; everyMs: number }

/** What each manner sounds and feels like; a covert call is told from others by its short pulses. */
export const calls: Record<Manner, Call> = {
  full: { tones: "repeated", vibration: [600, 200, 600], everyMs: 2_000 },
  once: { tones: "once", vibration: [600, 200, 600], everyMs: 10_000 },
  vibrate: { tones: "never", vibration: [600, 200, 600], everyMs: 2_000 },
  covert: { tones: "never", vibration: [120, 120, 120, 120, 120], everyMs: 4_000 },
};

const answerLimit = 1_000;
type SoundState = "on" | "off" | "unsupported";
const supported = typeof AudioContext !== "undefined";
const state = ref<SoundState>(supported ? "off" : "unsupported");
/** Whether a ring would be heard now. */
export const sound = computed(() => state.value);

let context: AudioContext | null = null;
let ringing: { call: Call; timer: ReturnType<typeof setInterval>; sounded: boolean } | null = null;
let wake: ScreenWake | null = null;

/** Unlock sound with the first touch anywhere; call once per page. */
export function unlockSoundOnTouch(): void {
  document.addEventListener("pointerdown", () => void unlockSound(), { capture: true });
}

/** Ask the browser for sound; only a tap makes it say yes. True when a ring would be heard. */
export async function unlockSound(): Promise<boolean> {
  if (!supported) return false;
  if (!context) {
    context = new AudioContext();
    context.addEventListener("statechange", noteState);
  }
  // A browser that wants another tap first leaves the question open.
  if (context.state !== "running") await Promise.race([context.resume().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, answerLimit))]);
  noteState();
  return context.state === "running";
}

function noteState(): void {
  const before = state.value;
  state.value = context?.state === "running" ? "on" : "off";
  if (state.value === "on" && before !== "on" && ringing) soundIfDue();
}

/** Ring in a manner until `stopRinging`. */
export function ring(manner: Manner): void {
  stopRinging();
  const call = calls[manner];
  const once = (): void => {
    vibrate(call.vibration);
    soundIfDue();
  };
  ringing = { call, timer: setInterval(once, call.everyMs), sounded: false };
  once();
  wake ??= new ScreenWake(navigator.wakeLock, document);
  void wake.want(true);
}

export function stopRinging(): void {
  if (!ringing) return;
  clearInterval(ringing.timer);
  ringing = null;
  vibrate(0);
  void wake?.want(false);
}

/** Let the officer hear and feel one ring, from a tap; true when it was heard. */
export async function tryRing(): Promise<boolean> {
  vibrate(calls.full.vibration);
  if (!(await unlockSound()) || !context) return false;
  playTwoTones(context);
  return true;
}

function soundIfDue(): void {
  if (!ringing || ringing.call.tones === "never" || (ringing.call.tones === "once" && ringing.sounded)) return;
  if (context?.state !== "running") return;
  ringing.sounded = true;
  playTwoTones(context);
}

/** Browsers refuse to vibrate, aloud, until the page was touched once. */
function vibrate(pattern: number | number[]): void {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
}

function playTwoTones(audio: AudioContext): void {
  const volume = audio.createGain();
  volume.connect(audio.destination);
  [880, 660, 880, 660].forEach((frequency, index) => {
    const tone = audio.createOscillator();
    const begin = audio.currentTime + index * 0.3;
    tone.type = "square";
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(begin);
    tone.stop(begin + 0.26);
  });
  volume.gain.setValueAtTime(0.35, audio.currentTime);
}
