/** What a press does: saved on this phone first, on its way at once, a short vibration and never a sound. */
import { uuidv7 } from "uuidv7";
import { current } from "../start";
import { phone } from "../state";
import { pressType, safeType } from "./lane";
import { myCall, sos } from "./state";

const taken = [80, 60, 80];

/** Call for help; a drill when one was begun within the last minute. */
export async function callForHelp(): Promise<void> {
  const drill = sos.drillUntil > Date.now();
  sos.drillUntil = 0;
  sos.folded = false;
  try {
    await current().callForHelp({ type: pressType, subject_id: uuidv7(), body: { drill }, battery_percent: phone.batteryPercent });
    sos.unsaved = false;
  } catch {
    // Full or broken storage, no key: nothing is on its way, and the officer must know it now.
    sos.unsaved = true;
  }
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(taken);
}

/** Say to be safe; the desk closes. */
export async function sayIAmSafe(): Promise<void> {
  const call = myCall.value;
  if (call) await current().callForHelp({ type: safeType, subject_id: call.id, body: {} });
}

/** The officer has read how it ended. */
export function readTheEnd(): void {
  if (myCall.value) sos.read.add(myCall.value.id);
}

const drillLasts = 60_000;

/** The next press within a minute is a drill. */
export function beginDrill(): void {
  sos.drillUntil = Date.now() + drillLasts;
}
