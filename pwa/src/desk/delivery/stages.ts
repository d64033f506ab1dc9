/** How far an order came to a person, stage by stage, and what stands between it and the phone; pure. */
import type { Delivery, DeliveryAttempt, DeliveryStage, DeviceDelivery, Rung } from "@/api/types";

export type PathStage = Exclude<DeliveryStage, "waiting">;

/** In the order a thing travels; each is a time on a device. */
export const path: PathStage[] = ["emitted", "pushed", "device_received", "displayed", "opened", "accepted"];

export interface Step { stage: PathStage; at: string | null; /** A later stage is reached, this one never was: it went another way. */ skipped: boolean }

const stampOf = (device: DeviceDelivery, stage: PathStage): string | null => device[`${stage}_at`];

/** The six steps with the first time of any of these devices. */
export function stepsOf(devices: DeviceDelivery[]): Step[] {
  const times = path.map((stage) => devices.map((device) => stampOf(device, stage)).filter((at) => at !== null).sort()[0] ?? null);
  const furthest = times.reduce((last, at, index) => (at === null ? last : index), -1);
  return path.map((stage, index) => ({ stage, at: times[index] ?? null, skipped: times[index] === null && index < furthest }));
}

/** The last step reached; null before any. */
export function furthestOf(devices: DeviceDelivery[]): Step | null {
  return stepsOf(devices).filter((step) => step.at !== null).at(-1) ?? null;
}

/** Why no phone of the person can be woken: none is bound, or what the ladder found on every one of them; null when one may be. */
export function unreachableWhy(delivery: Delivery): string | null {
  const [first] = delivery.devices;
  if (!first) return "no_phone";
  return delivery.devices.every((device) => device.trouble !== null) ? first.trouble : null;
}

const gatewayRungs: Rung[] = ["message", "voice"];

/** The rung it is on, as it is: where a message or a call is due and no gateway takes it, a person rings. */
export function rungNow(delivery: Delivery): Rung | "hand" {
  const taken = delivery.attempts.some((one) => one.rung === delivery.rung && one.state !== "failed");
  return gatewayRungs.includes(delivery.rung) && !taken ? "hand" : delivery.rung;
}

export type AttemptState = DeliveryAttempt["state"] | "retried";

/** How a sending stands; one that failed and waits for its next try is being tried again. */
export function attemptState(attempt: DeliveryAttempt): AttemptState {
  return attempt.state === "waiting" && attempt.tries > 0 ? "retried" : attempt.state;
}

const reasons: Record<string, string[]> = {
  no_answer: ["timeout", "connection_failed", "tls_failed", "breaker_open"], busy: ["429", "queue_full"], ended: ["404", "410"], key: ["401", "403", "no_subject"],
  address: ["blocked_address", "bad_address", "bad_endpoint", "bad_keys"], nowhere: ["nowhere_to_send"], stopped: ["stopping"],
};

/** What a channel's machine word means to a person: the key of its words under `delivery.reason`; null for no word. */
export function reasonOf(code: string | null): string | null {
  if (code === null || /^2\d\d$/.test(code)) return null;
  if (/^5\d\d$/.test(code)) return "broken";
  return Object.entries(reasons).find(([, codes]) => codes.includes(code))?.[0] ?? "refused";
}
