/** This phone's push address kept right: asked for where allowed, renewed when the key or the address changed, told to the server. */
import { ProblemError } from "@/api/client";
import type { KnownSubscription, PushState, SubscriptionBody } from "./wire";

export interface SubscriptionParts {
  permission: () => NotificationPermission | "unsupported";
  /** The browser's push of this page; null where there is no service worker or no push. */
  manager: () => Promise<PushManager | null>;
  key: () => Promise<{ public_key: string }>;
  known: () => Promise<KnownSubscription>;
  put: (body: SubscriptionBody) => Promise<unknown>;
  forget: () => Promise<unknown>;
  wait: (milliseconds: number) => Promise<void>;
}

/** Browsers without their push service (Chrome in mainland China) never answer `subscribe`. */
export const subscribeLimit = 8_000;

/**
 * Bring phone and server into agreement; never asks the officer for anything. Answers how push stands. Throws as the API
 * client does when the server cannot be reached: then nothing new is known.
 */
export async function keepSubscribed(parts: SubscriptionParts): Promise<PushState> {
  const permission = parts.permission();
  if (permission === "unsupported") return "unsupported";
  if (permission !== "granted") return permission === "denied" ? "denied" : "none";
  const manager = await parts.manager();
  if (!manager) return "unsupported";
  const [{ public_key: key }, known] = await Promise.all([parts.key(), parts.known()]);
  let subscription = await manager.getSubscription();
  if (subscription && (!isFor(subscription, key) || (known.state === "gone" && known.endpoint_sha256 === (await sha256(subscription.endpoint))))) {
    await subscription.unsubscribe().catch(() => false);
    subscription = null;
  }
  const taken = subscription ?? (await subscribe(manager, key, parts.wait));
  if (typeof taken === "string") return taken;
  if (subscription && known.state === "active" && known.endpoint_sha256 === (await sha256(subscription.endpoint))) return "ok";
  return tell(taken, manager, key, parts);
}

/** Take the address away from browser and server, best effort: nothing is to reach this phone any more. */
export async function stopSubscribed(parts: Pick<SubscriptionParts, "manager" | "forget">): Promise<void> {
  const manager = await parts.manager().catch(() => null);
  const subscription = await manager?.getSubscription().catch(() => null);
  await Promise.allSettled([subscription?.unsubscribe(), parts.forget()]);
}

async function tell(subscription: PushSubscription, manager: PushManager, key: string, parts: SubscriptionParts): Promise<PushState> {
  try {
    await parts.put(bodyOf(subscription));
    return "ok";
  } catch (error) {
    if (!(error instanceof ProblemError) || (error.status !== 409 && error.status !== 422)) throw error;
    if (error.status === 422) return "failed";
  }
  // The address belongs to another phone with other keys: this one takes a new one, once.
  await subscription.unsubscribe().catch(() => false);
  const taken = await subscribe(manager, key, parts.wait);
  if (typeof taken === "string") return taken;
  return parts.put(bodyOf(taken)).then(() => "ok" as const, () => "failed" as const);
}

async function subscribe(manager: PushManager, key: string, wait: SubscriptionParts["wait"]): Promise<PushSubscription | PushState> {
  const asked = manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
    .catch((error: unknown) => (error instanceof Error && error.name === "NotAllowedError" ? "denied" as const : "failed" as const));
  return Promise.race([asked, wait(subscribeLimit).then(() => "timeout" as const)]);
}

function bodyOf(subscription: PushSubscription): SubscriptionBody {
  const { endpoint = subscription.endpoint, keys, expirationTime } = subscription.toJSON();
  return {
    endpoint, p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "",
    expires_at: expirationTime ? new Date(expirationTime).toISOString() : null,
  };
}

/** Whether a subscription was made for this key; a browser that does not tell is believed. */
function isFor(subscription: PushSubscription, key: string): boolean {
  const made = subscription.options?.applicationServerKey;
  if (!made) return true;
  const [one, other] = [new Uint8Array(made), bytesOf(key)];
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
