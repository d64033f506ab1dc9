/** Short names for the shapes of the delivery ladder on the phone; what a push and the service worker say has no schema. */
import type { components } from "@/api/schema";
import type { Directive } from "@/api/types";

type Schemas = components["schemas"];

/** What the server knows of this phone's push address; `endpoint_sha256` in hex. */
export type KnownSubscription = Schemas["SubscriptionShape"];
/** A push address: `p256dh` and `auth` base64url, `expires_at` RFC 3339. */
export type SubscriptionBody = Schemas["NewSubscription"];
export type TestPush = Schemas["TestPush"];
export type SelfCheckReport = Schemas["SelfCheckReport"];
export type PushState = SelfCheckReport["push"];
export type Receipt = Schemas["PageReceipts.PageReceipt"];
export type SubjectKind = Receipt["subject_kind"];
export type Stage = Receipt["stage"];
export type Channel = Receipt["channel"];

/** `delivery.ring`: this phone is called; `again` when a desk asked for it a second time. */
export interface Ring {
  delivery_id: string; subject_kind: SubjectKind; subject_id: string; urgency: "urgent" | "normal"; covert: boolean; again: boolean;
}

/** What the service worker says to open pages. */
export type WorkerMessage =
  | { type: "push"; lingda: { kind: string; subject_id: string | null; token: string | null; covert: boolean } }
  | { type: "open"; path: string }
  | { type: "flushed" };

/** Whether an order must not betray a stake-out; an order kept by an earlier version does not say. */
export function isCovert(order: Directive): boolean {
  return (order.covert as boolean | undefined) === true;
}
