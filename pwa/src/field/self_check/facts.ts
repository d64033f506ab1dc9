/** What the lines of the self-check are made of, read from the phone as it is now. */
import { pushIsSupported } from "@/push/browser";
import { clock } from "@/time";
import { sound } from "../ringing";
import { phone, unsentCount } from "../state";
import type { Facts, Trip } from "./lines";
import type { Maker } from "./makers";

/** What only a run or the officer's own word can tell. */
export interface Tried { trip: Trip; wakeLock: boolean | null; serviceWorker: boolean; maker: Maker; saverDone: boolean }

const megabyte = 1024 * 1024;

/** At server-corrected time `now`, epoch ms. */
export function factsAt(now: number, tried: Tried): Facts {
  const { offset, uncertainty } = clock.correction();
  const { persisted, usedBytes, quotaBytes } = phone.storage;
  const since = (at: number): number => Math.max(0, Math.round((now - at) / 1000));
  return {
    ...tried, online: phone.contact === "online", enrolledFor: phone.enrolled ? (phone.me?.user.name ?? "") : null, unsent: unsentCount.value, fixesWaiting: phone.fixesWaiting,
    push: phone.push, notifications: pushIsSupported() ? Notification.permission : "unsupported",
    lastReceipt: phone.lastReceipt && { secondsAgo: since(phone.lastReceipt.at), milliseconds: phone.lastReceipt.milliseconds },
    position: phone.permission,
    // The reading carries the phone's own time.
    fix: phone.position && { accuracyMetres: phone.position.accuracy_m, secondsAgo: since(phone.position.at + offset) },
    clockOffset: offset, clockUncertainty: uncertainty, batteryPercent: phone.batteryPercent, sound: sound.value, vibration: "vibrate" in navigator,
    persisted, freeMegabytes: usedBytes === null || quotaBytes === null ? null : Math.max(0, Math.floor((quotaBytes - usedBytes) / megabyte)),
    secure: window.isSecureContext, installed: isInstalled(),
  };
}

/** Opened from the home screen, not in a browser's tab. */
function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches || (navigator as Navigator & { standalone?: boolean }).standalone === true;
}
