/** Push of this browser and of our server, as subscription.ts asks for them. */
import { api } from "@/api/client";
import { authorised } from "@/offline/authorised";
import { stopSubscribed, type SubscriptionParts } from "./subscription";
import type { KnownSubscription, PushState } from "./wire";

const address = "/api/push/subscription";
const leavingLimit = 3_000;
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether this browser could have push at all. */
export function pushIsSupported(): boolean {
  return "Notification" in window && "PushManager" in window && "serviceWorker" in navigator && window.isSecureContext;
}

export function pushParts(userId: string): SubscriptionParts {
  return {
    permission: () => (pushIsSupported() ? Notification.permission : "unsupported"),
    // Not `ready`: that never answers where no service worker could be registered.
    manager: async () => (await navigator.serviceWorker?.getRegistration("/"))?.pushManager ?? null,
    key: () => api.get("/api/push/key"),
    known: () => api.get<KnownSubscription>(address),
    put: (body) => authorised(userId, () => api.request(address, { method: "PUT", body })),
    forget: () => authorised(userId, () => api.request(address, { method: "DELETE" })),
    wait,
  };
}

/** Ask the officer for leave to call; only from a tap. Answers what they said. */
export async function askToNotify(): Promise<NotificationPermission | "unsupported"> {
  if (!pushIsSupported()) return "unsupported";
  return Notification.requestPermission();
}

/** At sign-out: calls for this officer are not to reach this phone any more. Never holds the officer up for long. */
export async function stopPush(userId: string, state: PushState | null): Promise<void> {
  if (state !== "ok" && (!pushIsSupported() || Notification.permission !== "granted")) return;
  await Promise.race([stopSubscribed(pushParts(userId)), wait(leavingLimit)]);
}
