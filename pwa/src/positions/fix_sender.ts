/** Sends fixes in batches on their own lane, which always gives way to the officer's acts. */
import { classifyFailure } from "@/offline/outcomes";
import type { StoredFix } from "@/offline/schema";
import { fullJitter } from "@/realtime/backoff";
import type { FixBuffer } from "./fix_buffer";

export interface FixSenderParts {
  buffer: FixBuffer;
  /** POST /api/fixes; throws as the API client does. */
  post: (fixes: StoredFix[]) => Promise<unknown>;
  /** True while acts of the officer wait to be sent: positions wait behind them. */
  actsWait: () => Promise<boolean>;
  signInSilently: () => Promise<boolean>;
  now: () => number;
  random: () => number;
}
const largestBatch = 500;
const enoughToSend = 10;
const longestWait = 30_000;
const limits = { first: 2_000, most: 300_000 };
const limitsInDanger = { first: 1_000, most: 5_000 };
/** In danger the newest go first, few at a time: a day without network waits behind them. */
const batchInDanger = 20;

export class FixSender {
  private running = false;
  private failures = 0;
  private notBefore = 0;
  private sentAt = 0;
  private size = largestBatch;
  private inDanger = false;

  constructor(private readonly parts: FixSenderParts) {}

  /** The officer called for help, or it has ended: each position goes at once, the newest first. */
  setInDanger(inDanger: boolean): void {
    if (inDanger && !this.inDanger) this.notBefore = 0;
    this.inDanger = inDanger;
  }

  /** Send when ten fixes or thirty seconds have gathered, and nothing more important waits. */
  async kick(): Promise<void> {
    const now = this.parts.now();
    if (this.running || now < this.notBefore) return;
    this.running = true;
    try {
      const waiting = await this.parts.buffer.count();
      if (waiting === 0 || (!this.inDanger && waiting < enoughToSend && now - this.sentAt < longestWait)) return;
      while ((await this.parts.buffer.count()) > 0) {
        if (await this.parts.actsWait()) return;
        if (!(await this.sendOldest())) return;
      }
    } finally {
      this.running = false;
    }
  }

  /** Send now whatever waits, for example when the server was just seen again. */
  async kickFresh(): Promise<void> {
    this.notBefore = 0;
    this.sentAt = 0;
    await this.kick();
  }

  private async sendOldest(): Promise<boolean> {
    const batch = this.inDanger ? await this.parts.buffer.newest(Math.min(batchInDanger, this.size)) : await this.parts.buffer.oldest(this.size);
    try {
      await this.parts.post(batch);
    } catch (error) {
      return this.failed(error, batch);
    }
    await this.parts.buffer.remove(batch);
    this.failures = 0;
    this.sentAt = this.parts.now();
    this.size = Math.min(largestBatch, this.size * 2);
    return true;
  }

  /** True when the next batch may be tried at once. */
  private async failed(error: unknown, batch: StoredFix[]): Promise<boolean> {
    const failure = classifyFailure(error);
    if (failure.kind === "sign_in" && this.failures === 0) {
      this.failures += 1;
      return this.parts.signInSilently().catch(() => false);
    }
    if (failure.kind === "refused" || failure.kind === "unacceptable") {
      // Halve until the one fix the server cannot take stands alone; a position is not worth blocking the rest.
      if (batch.length > 1) this.size = Math.ceil(batch.length / 2);
      else await this.parts.buffer.remove(batch);
      return true;
    }
    this.failures += 1;
    const asked = failure.kind === "retry" ? (failure.waitSeconds ?? 0) * 1000 : 0;
    this.notBefore = this.parts.now() + Math.max(asked, fullJitter(this.failures, this.parts.random(), this.inDanger ? limitsInDanger : limits));
    return false;
  }
}
