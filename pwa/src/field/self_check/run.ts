/** One tap runs everything that a phone can find out about itself; what needs a question asks it first, while the tap counts. */
import { api } from "@/api/client";
import { authorised } from "@/offline/authorised";
import { askToPersist } from "@/offline/storage_health";
import { askToNotify, pushIsSupported } from "@/push/browser";
import { onWorkerMessage } from "@/push/worker_messages";
import { tryRing } from "../ringing";
import { current } from "../start";
import { phone, userId } from "../state";
import type { Trip } from "./lines";
import { testPush } from "./test_push";

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** An answer to a question that nobody taps must not hold the rest up. */
const questionLimit = 20_000;

/** Ask for what was never asked, let it ring, and look at what the browser gives. Resolves when all but the push is known. */
export async function lookAtPhone(): Promise<{ wakeLock: boolean; serviceWorker: boolean }> {
  if (phone.permission === "unknown") current().positions.ask();
  const asked = pushIsSupported() && Notification.permission === "default" ? askToNotify() : Promise.resolve();
  const rang = tryRing();
  const [health, wakeLock, registration] = await Promise.all([askToPersist(), canHoldScreen(), navigator.serviceWorker?.getRegistration("/").catch(() => undefined)]);
  phone.storage = health;
  await rang;
  await Promise.race([asked, wait(questionLimit)]);
  await Promise.race([current().delivery.lookNow(), wait(questionLimit)]);
  return { wakeLock, serviceWorker: registration?.active != null };
}

/** The round trip of a real push. */
export function tryPush(): Promise<Trip> {
  return testPush({
    ask: () => authorised(userId.value, () => api.post("/api/phone/test-push")), listen: onWorkerMessage, wait, steady: () => performance.now(),
  });
}

async function canHoldScreen(): Promise<boolean> {
  const lock = await navigator.wakeLock?.request("screen").catch(() => null);
  await lock?.release().catch(() => undefined);
  return lock != null;
}
