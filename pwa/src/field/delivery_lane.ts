/** The phone's end of the delivery ladder: rings heard, receipts of what came, was shown and opened, and push kept alive. */
import { api } from "@/api/client";
import type { LingdaEvent } from "@/api/types";
import { authorised } from "@/offline/authorised";
import type { UserStore } from "@/offline/user_store";
import { Receipts } from "@/push/receipts";
import { onWorkerMessage } from "@/push/worker_messages";
import type { Channel, PushState, Ring } from "@/push/wire";
import { clock } from "@/time";
import { phone } from "./state";

export interface DeliveryLaneParts {
  store: UserStore;
  userId: string;
  /** Let a silenced order ring again. */
  unsilence: (orderId: string) => Promise<void>;
  /** Something new is on the server, or was handed in by the service worker. */
  hurry: () => void;
}
const lookAgainAfter = 30_000;

export class DeliveryLane {
  private readonly receipts: Receipts;
  private readonly stops: (() => void)[] = [];
  /** Events come twice, by socket and by feed; a second call must count once. */
  private readonly heardRings = new Set<string>();
  private onScreen: string[] = [];
  private lookedAt = -Infinity;

  constructor(private readonly parts: DeliveryLaneParts) {
    this.receipts = new Receipts({
      store: parts.store, now: () => clock.now(),
      post: (items) => authorised(parts.userId, () => api.post("/api/deliveries/receipts", { items })),
      answered: (milliseconds) => (phone.lastReceipt = { at: clock.now(), milliseconds }),
    });
  }

  start(): void {
    const visible = (): void => {
      if (document.visibilityState !== "visible") return;
      this.displayed(this.onScreen);
      this.lookAfterPush();
    };
    document.addEventListener("visibilitychange", visible);
    this.stops.push(() => document.removeEventListener("visibilitychange", visible), onWorkerMessage((message) => {
      if (message.type !== "open") this.parts.hurry();
    }));
    this.lookAfterPush();
  }

  stop(): void {
    this.stops.forEach((stop) => stop());
  }

  /** `delivery.ring`: say at once that this phone has it; called again it rings though it was silenced. */
  async rang(event: LingdaEvent, channel: Channel): Promise<void> {
    const ring = event.data as Ring;
    if (ring.again && !this.heardRings.has(String(event.cursor))) {
      await this.parts.unsilence(ring.subject_id);
      phone.rungAgain += 1;
    }
    this.heardRings.add(String(event.cursor));
    this.note("device_received", ring.subject_id, channel, ring.subject_kind);
  }

  /** Orders that wait for an answer came by a way that does not ring. */
  arrived(orderIds: string[]): void {
    for (const id of orderIds) this.note("device_received", id, "poll");
  }

  /** These orders are on the screen now; a page behind others shows nothing. */
  displayed(orderIds: string[]): void {
    this.onScreen = orderIds;
    if (document.visibilityState === "visible") for (const id of orderIds) this.note("displayed", id);
  }

  opened(orderId: string): void {
    this.displayed([orderId]);
    if (document.visibilityState === "visible") this.note("opened", orderId);
    void closeNotifications(orderId);
  }

  /** The server is reached again: what it has not heard goes out. */
  backInContact(): void {
    if (!phone.enrolled) return;
    void this.receipts.send();
    this.lookAfterPush();
    void import("./self_check/kept").then(({ sendKeptReport }) => sendKeptReport(this.parts.store, this.parts.userId)).catch(() => undefined);
  }

  /** Keep the push address right, in the background; nothing waits for it. */
  lookAfterPush(): void {
    if (Date.now() - this.lookedAt < lookAgainAfter) return;
    this.lookedAt = Date.now();
    void this.lookNow().catch(() => undefined);
  }

  /** As `lookAfterPush`, at once; answers how push stands, null when the server could not be asked. */
  async lookNow(): Promise<PushState | null> {
    if (!phone.enrolled) return (phone.push = "none");
    const { keepSubscribed } = await import("@/push/subscription");
    const { pushParts } = await import("@/push/browser");
    try {
      return (phone.push = await keepSubscribed(pushParts(this.parts.userId)));
    } catch {
      return null;
    }
  }

  private note(...noted: Parameters<Receipts["note"]>): void {
    // A phone without a key has no name under which it could say so.
    if (phone.enrolled) void this.receipts.note(...noted).catch(() => undefined);
  }
}

/** What was opened here needs no sign outside the page any more. */
async function closeNotifications(orderId: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration("/").catch(() => undefined);
  const shown = await registration?.getNotifications?.({ tag: `directive-${orderId}` }).catch(() => []);
  for (const notification of shown ?? []) notification.close();
}
