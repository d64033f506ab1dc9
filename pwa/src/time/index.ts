/** The one clock of this page, fed by every answer of the server and kept between runs. */
import { readonly, ref } from "vue";
import { api } from "@/api/client";
import { ServerClock, type Correction } from "./server_clock";

const storageKey = "lingda-clock";
export const clock = new ServerClock();
const now = ref(clock.now());

/** Server-corrected time in epoch milliseconds, moving once a second while the page is visible. */
export const currentTime = readonly(now);

function load(): Correction | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? "null") as Correction | null;
  } catch {
    return null;
  }
}

function save(): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(clock.correction()));
  } catch {
    // A full or forbidden store only costs the first guess of the next run.
  }
}

/** Begin to listen and to tick; call once per page. */
export function startClock(): void {
  const stored = load();
  if (stored) clock.restore(stored);
  api.onServerTime((sample) => {
    clock.take(sample);
    save();
    now.value = clock.now();
  });
  setInterval(() => {
    if (document.visibilityState !== "visible") return;
    clock.watchForJump();
    now.value = clock.now();
  }, 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    clock.wake();
    now.value = clock.now();
  });
}
