/** Shapes of the delivery contract until the generated schema has them: push, rings, receipts and the self-check's report. */
import type { Directive } from "@/api/types";

export type PushState = "ok" | "denied" | "unsupported" | "timeout" | "failed" | "none";
/** What the server knows of this phone's push address; `endpoint_sha256` in hex. */
export interface KnownSubscription { state: "none" | "active" | "gone"; endpoint_sha256: string | null }
/** A push address: `p256dh` and `auth` base64url, `expires_at` RFC 3339. */
export interface SubscriptionBody { endpoint: string; p256dh: string; auth: string; expires_at: string | null }

export type SubjectKind = "directive" | "link_test" | "self_check";
/** `delivery.ring`: this phone is called; `again` when a desk asked for it a second time. */
export interface Ring {
  delivery_id: string; subject_kind: SubjectKind; subject_id: string; urgency: "urgent" | "normal"; covert: boolean; again: boolean;
}
export type Stage = "device_received" | "displayed" | "opened";
export type Channel = "socket" | "poll" | "push";
export interface Receipt { subject_kind: SubjectKind; subject_id: string; stage: Stage; channel: Channel; at: string }

/** What the service worker says to open pages. */
export type WorkerMessage =
  | { type: "push"; lingda: { kind: string; subject_id: string | null; token: string | null; covert: boolean } }
  | { type: "open"; path: string }
  | { type: "flushed" };

export interface SelfCheckReport {
  push: PushState;
  notifications: "granted" | "denied" | "default" | "unsupported";
  service_worker: boolean;
  sound: boolean;
  wake_lock: boolean;
  vibration: boolean;
  storage_persisted: boolean | null;
  storage_free_mb: number | null;
  position: "granted" | "denied" | "prompt" | "unsupported" | "unknown";
  clock_offset_ms: number | null;
  secure: boolean;
  installed: boolean;
  battery_percent: number | null;
  battery_saver_done: boolean | null;
  maker: string | null;
  round_trip_ms: number | null;
  app_version: string;
}

/** Whether an order must not betray a stake-out; absent on an older server and then not. */
export function isCovert(order: Directive): boolean {
  return (order as Directive & { covert?: boolean }).covert === true;
}
