/** The ring of an urgent order: vibration at once, sound only after the officer has touched the page (browsers demand it). */

let context: AudioContext | null = null;
let timer: ReturnType<typeof setInterval> | null = null;
const period = 2_000;

/** Unlock sound with the first touch anywhere; call once per page. */
export function unlockSoundOnTouch(): void {
  const unlock = (): void => {
    context ??= typeof AudioContext === "undefined" ? null : new AudioContext();
    void context?.resume();
  };
  document.addEventListener("pointerdown", unlock, { capture: true });
}

/** Whether a ring would be heard now. */
export function soundIsUnlocked(): boolean {
  return context?.state === "running";
}

/** Ring until `stopRinging`; `sound` false only vibrates. */
export function ring(sound: boolean): void {
  stopRinging();
  const once = (): void => {
    vibrate([600, 200, 600]);
    if (sound && context?.state === "running") playTwoTones(context);
  };
  once();
  timer = setInterval(once, period);
}

export function stopRinging(): void {
  if (timer) clearInterval(timer);
  timer = null;
  vibrate(0);
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
