/** Sends what waits, one request at a time, and reads every answer by its class; see outcomes.ts. */
import { fullJitter, type BackoffLimits } from "@/realtime/backoff";
import type { CommandEnvelope } from "@/api/types";
import { batchLimits, chooseBatch } from "./batch";
import { classifyFailure, faultsToShow, isBatchAnswer, isDefect, verdict, type Failure } from "./outcomes";
import type { Exclusive } from "./one_sender";
import type { Outbox } from "./outbox";
import type { StoredCommand } from "./schema";

export type SenderState = "idle" | "sending" | "waiting" | "sign_in_needed" | "other_user";

export interface SenderParts {
  outbox: Outbox;
  /** POST /api/commands; throws as the API client does. */
  post: (commands: CommandEnvelope[]) => Promise<unknown>;
  /** Get a session back without asking the officer: true signed in, false refused; throws when unreachable. */
  signInSilently: () => Promise<boolean>;
  /** False when this phone's session belongs to another officer now: then nothing is sent. */
  isCurrentUser: () => Promise<boolean>;
  exclusive: Exclusive;
  /** Which commands are this sender's to send; all when it is the only one. */
  lane?: (command: StoredCommand) => boolean;
  /** How long it waits between tries. */
  retry?: BackoffLimits;
  now: () => number;
  random: () => number;
  told?: (state: SenderState) => void;
  /** The server's epoch changed: everything shown must be read afresh. */
  epochChanged?: () => void;
  /** The store failed under the sender. */
  failed?: (error: unknown) => void;
}

/** Full jitter from 1 s to 5 min. */
export const retryLimits = { first: 1_000, most: 300_000 };

export class Sender {
  state: SenderState = "idle";
  private running = false;
  private again = false;
  private alone = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly parts: SenderParts) {}

  /** Send what is due. Resolves when nothing more can be done now. Safe to call at any time, any number of times. */
  async kick(): Promise<void> {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    this.clearTimer();
    try {
      do {
        this.again = false;
        await this.parts.exclusive(() => this.drain());
      } while (this.again && !this.stopped);
    } catch (error) {
      this.parts.failed?.(error);
    } finally {
      this.running = false;
    }
  }

  /** As `kick`, and without waiting out the pauses of earlier failures: the server was just seen. */
  async kickFresh(): Promise<void> {
    if (this.stopped) return;
    try {
      await this.parts.outbox.hurry(this.parts.lane);
    } catch (error) {
      this.parts.failed?.(error);
      return;
    }
    await this.kick();
  }

  stop(): void {
    this.stopped = true;
    this.clearTimer();
  }

  private async drain(): Promise<void> {
    let signedInAgain = false;
    for (;;) {
      if (this.stopped) return;
      const { batch, nextTryAt } = chooseBatch(await this.queued(), this.parts.now(), batchLimits, this.alone);
      if (batch.length === 0) return this.rest(nextTryAt);
      if (!(await this.parts.isCurrentUser())) return this.tell("other_user");
      this.tell("sending");
      const failure = await this.send(batch);
      if (!failure) continue;
      if (failure.kind === "sign_in") {
        if (signedInAgain) return this.tell("sign_in_needed");
        const signedIn = await this.signIn(batch);
        if (signedIn === false) return this.tell("sign_in_needed");
        signedInAgain = signedIn === true;
        continue;
      }
      await this.answerFailure(batch, failure);
    }
  }

  /** One request; null when the server answered it, whatever its answers are. */
  private async send(batch: StoredCommand[]): Promise<Failure | null> {
    let answer: unknown;
    try {
      answer = await this.parts.post(batch.map(({ payload, signature }) => ({ payload, signature })));
    } catch (error) {
      return classifyFailure(error);
    }
    if (!isBatchAnswer(answer)) return { kind: "retry", waitSeconds: null, told: "not_our_server" };
    if (await this.parts.outbox.epochSeen(answer.epoch)) this.parts.epochChanged?.();
    const results = new Map(answer.results.map((result) => [result.command_id, result]));
    const again: StoredCommand[] = [];
    const faulty: StoredCommand[] = [];
    for (const command of batch) {
      const result = results.get(command.command_id);
      if (result && verdict(result) !== "retry") await this.parts.outbox.settle(command, result, answer.epoch, this.parts.now());
      else if (isDefect(result?.problem)) faulty.push(command);
      else again.push(command);
    }
    if (faulty.length > 0) await this.postponeFaulty(faulty, "500.1");
    if (again.length > 0) await this.postpone(again, null, "retry");
    return null;
  }

  private async answerFailure(batch: StoredCommand[], failure: Exclude<Failure, { kind: "sign_in" }>): Promise<void> {
    if (failure.kind === "retry") {
      // Everything due waits together: when the server cannot be reached, one try is enough.
      const due = (await this.queued()).filter((command) => command.next_try_at <= this.parts.now());
      return this.postpone(due, failure.waitSeconds, failure.told);
    }
    const [only] = batch;
    if (batch.length > 1 || !only) {
      // Find the one command the request was refused for; the others must not suffer from it.
      this.alone = true;
      return;
    }
    // A server with a defect may fail for the next one too: they go on one at a time.
    if (failure.kind === "fault") return this.postponeFaulty([only], failure.told);
    this.alone = false;
    if (failure.kind === "refused") return this.parts.outbox.refuse(only, failure.problem, failure.told, this.parts.now());
    const wait = fullJitter(only.strikes + 1, this.parts.random(), this.limits);
    return this.parts.outbox.strike(only, this.parts.now() + wait, failure.told);
  }

  private postpone(commands: StoredCommand[], waitSeconds: number | null, told: string): Promise<void> {
    const asked = (waitSeconds ?? 0) * 1000;
    const next = (attempts: number): number =>
      this.parts.now() + Math.max(asked, fullJitter(attempts, this.parts.random(), this.limits), 1);
    return this.parts.outbox.postpone(commands, next, told);
  }

  /** Sooner at first, as after any failure; every five minutes once a person was told so. */
  private postponeFaulty(commands: StoredCommand[], told: string): Promise<void> {
    const pause = (command: StoredCommand): number => ((command.faults ?? 0) >= faultsToShow
      ? this.limits.most : fullJitter(command.attempts + 1, this.parts.random(), this.limits));
    return this.parts.outbox.postponeFaulty(commands, (command) => this.parts.now() + Math.max(pause(command), 1), told);
  }

  private async signIn(batch: StoredCommand[]): Promise<boolean | null> {
    try {
      return await this.parts.signInSilently();
    } catch (error) {
      await this.postpone(batch, null, classifyFailure(error).told);
      return null;
    }
  }

  private async queued(): Promise<StoredCommand[]> {
    return (await this.parts.outbox.queued()).filter(this.parts.lane ?? (() => true));
  }

  private get limits(): BackoffLimits {
    return this.parts.retry ?? retryLimits;
  }

  private rest(nextTryAt: number | null): void {
    this.alone = false;
    this.tell(nextTryAt === null ? "idle" : "waiting");
    if (nextTryAt !== null) this.timer = setTimeout(() => void this.kick(), Math.max(0, nextTryAt - this.parts.now()));
  }

  private clearTimer(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private tell(state: SenderState): void {
    this.state = state;
    this.parts.told?.(state);
  }
}
