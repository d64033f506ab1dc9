/** What happened to an order on this phone, told to the server once for each order and stage; kept until it is heard. */
import { ProblemError } from "@/api/client";
import type { UserStore } from "@/offline/user_store";
import type { Channel, Receipt, Stage, SubjectKind } from "./wire";

export interface ReceiptParts {
  store: UserStore;
  /** POST /api/deliveries/receipts; throws as the API client does. */
  post: (items: Receipt[]) => Promise<unknown>;
  /** Server-corrected time, epoch ms. */
  now: () => number;
  /** Told after each answer how long it took, ms. */
  answered?: (milliseconds: number) => void;
}
/** `told`: stages noted, oldest first; `waiting`: what the server has not heard yet. */
interface Kept { told: string[]; waiting: Receipt[] }

const keptAs = "delivery_receipts";
/** More than any officer gets in the 72 hours an ended order stays on the phone. */
const most = 900;
const inOneRequest = 50;

export class Receipts {
  private kept: Promise<Kept> | null = null;
  private sending: Promise<void> | null = null;
  /** How an order came here first; receipts of later stages name the same way. */
  private readonly cameBy = new Map<string, Channel>();

  constructor(private readonly parts: ReceiptParts) {}

  /** Note a stage and tell it; a stage noted before does nothing. */
  async note(stage: Stage, subject_id: string, channel?: Channel, subject_kind: SubjectKind = "directive"): Promise<void> {
    if (channel && !this.cameBy.has(subject_id)) this.cameBy.set(subject_id, channel);
    const kept = await this.read();
    const name = `${subject_id} ${stage}`;
    if (kept.told.includes(name)) return;
    kept.told = [...kept.told, name].slice(-most);
    const at = new Date(this.parts.now()).toISOString();
    kept.waiting = [...kept.waiting, { subject_kind, subject_id, stage, channel: channel ?? this.cameBy.get(subject_id) ?? "poll", at }].slice(-most);
    await this.write(kept);
    await this.send();
  }

  /** Tell what the server has not heard; without a network it waits for the next contact. */
  send(): Promise<void> {
    this.sending ??= this.sendAll().catch(() => undefined).finally(() => (this.sending = null));
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    const kept = await this.read();
    while (kept.waiting.length > 0) {
      const items = kept.waiting.slice(0, inOneRequest);
      const begin = performance.now();
      try {
        await this.parts.post(items);
        this.parts.answered?.(Math.round(performance.now() - begin));
      } catch (error) {
        // What the server will never read must not hold back what comes after it.
        if (!(error instanceof ProblemError && error.status === 422)) throw error;
      }
      kept.waiting = kept.waiting.filter((receipt) => !items.includes(receipt));
      await this.write(kept);
    }
  }

  private read(): Promise<Kept> {
    this.kept ??= this.parts.store.read(["meta"], (transaction) => transaction.objectStore("meta").get(keptAs))
      .then((found) => (found as Kept | undefined) ?? { told: [], waiting: [] });
    return this.kept;
  }

  private async write({ told, waiting }: Kept): Promise<void> {
    await this.parts.store.write(["meta"], (transaction) => transaction.objectStore("meta").put({ told, waiting }, keptAs));
  }
}
