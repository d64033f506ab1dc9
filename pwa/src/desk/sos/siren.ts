/** The sound of a call for help at a desk: until somebody answers; when the browser keeps it silent the page says so. */
import { ref } from "vue";

export type SirenState = "silent" | "sounding" | "blocked";

/** What can be heard now; also on the page's root as `data-siren`, set where the tones really begin. */
export const siren = ref<SirenState>("silent");

let context: AudioContext | null = null;
let timer: ReturnType<typeof setInterval> | null = null;
const period = 1_600;
const tones = [1_046, 784, 1_046, 784];
const toneLasts = 0.22;
const apart = 0.28;

function say(state: SirenState): void {
  siren.value = state;
  document.documentElement.dataset["siren"] = state;
}

function open(): AudioContext | null {
  context ??= typeof AudioContext === "undefined" ? null : new AudioContext();
  return context;
}

/** Browsers keep a page silent until it was touched once: wake the sound with each touch or key. Answers how to stop. */
export function unlockSiren(): () => void {
  const unlock = (): void => {
    void open()?.resume().then(() => timer !== null && siren.value === "blocked" && once());
  };
  const events = ["pointerdown", "keydown"] as const;
  for (const name of events) document.addEventListener(name, unlock, { capture: true });
  return () => events.forEach((name) => document.removeEventListener(name, unlock, { capture: true }));
}

/** Sound until `stopSiren`; called again it goes on. */
export function startSiren(): void {
  if (timer !== null) return;
  timer = setInterval(once, period);
  once();
}

export function stopSiren(): void {
  if (timer !== null) clearInterval(timer);
  timer = null;
  say("silent");
}

function once(): void {
  const audio = open();
  if (audio?.state !== "running") {
    say("blocked");
    // Where the browser allows it without a touch, this is enough.
    void audio?.resume().catch(() => undefined);
    return;
  }
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0.4, audio.currentTime);
  volume.connect(audio.destination);
  tones.forEach((frequency, index) => {
    const tone = audio.createOscillator();
    const begin = audio.currentTime + index * apart;
    tone.type = "sawtooth";
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(begin);
    tone.stop(begin + toneLasts);
  });
  say("sounding");
}
