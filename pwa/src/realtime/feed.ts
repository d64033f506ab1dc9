/** The cursor feed: a snapshot, then every event after it, by socket when there is one and by long polling when not. */
import { ProblemError } from "@/api/client";
import type { EventPage, LingdaEvent } from "@/api/types";
import { fullJitter } from "./backoff";

export type Cursor = number | string;
export interface FeedPosition { epoch: string; cursor: Cursor }
export type Contact = "connecting" | "online" | "offline";

export interface FeedParts {
  /** Load and show the whole state; answers the position it was read at. */
  snapshot: (signal: AbortSignal) => Promise<FeedPosition>;
  /** Show one event and know by which way it came; must bear the same event twice (compare revisions). */
  apply: (event: LingdaEvent, way: "socket" | "poll") => void | Promise<void>;
  /** Ask for events after a position, waiting at most `wait` seconds for one. */
  events: (position: FeedPosition, wait: number, signal: AbortSignal) => Promise<EventPage>;
  /** Told when the server is reached or lost. */
  contact?: (state: Contact) => void;
  /** Told after each position reached, to keep it. */
  reached?: (position: FeedPosition) => void;
  /** Nobody is signed in (401): the feed stops and waits to be started again. */
  signedOut?: () => void;
  random?: () => number;
}

const pollWait = 25;
const limits = { first: 1_000, most: 30_000 };

/** Runs until `stop`; `start` may be called again. A socket, if any, reports through `socketOpened/Closed/Event`. */
export class EventFeed {
  private position: FeedPosition | null;
  private controller: AbortController | null = null;
  private wakeUp: (() => void) | null = null;
  private socketOpen = false;
  private caughtUp = false;
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly parts: FeedParts, position: FeedPosition | null = null) {
    this.position = position;
  }

  start(): void {
    if (this.controller) return;
    this.controller = new AbortController();
    this.parts.contact?.("connecting");
    void this.run(this.controller.signal);
  }

  stop(): void {
    this.controller?.abort();
    this.controller = null;
    this.wakeUp?.();
  }

  /** Ask at once, for example when the page becomes visible again. */
  hurry(): void {
    this.caughtUp = false;
    this.wakeUp?.();
  }

  /** Read the whole state again, for example after a restored server. */
  afresh(): void {
    this.position = null;
    this.hurry();
  }

  socketOpened(): void {
    this.socketOpen = true;
    this.hurry();
  }

  socketClosed(): void {
    this.socketOpen = false;
    this.hurry();
  }

  /** An event by socket. It moves the cursor only when nothing before it can be missing. */
  socketEvent(event: LingdaEvent): void {
    void this.enqueue(async () => {
      await this.parts.apply(event, "socket");
      if (this.caughtUp && this.position) this.reach({ ...this.position, cursor: event.cursor });
    });
  }

  private async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.round(signal);
        failures = 0;
        this.parts.contact?.("online");
        if (this.caughtUp && this.socketOpen) await this.sleep(null, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ProblemError && error.status === 401) {
          this.stop();
          this.parts.signedOut?.();
          return;
        }
        if (error instanceof ProblemError && error.status === 410) {
          this.position = null;
          continue;
        }
        failures += 1;
        this.parts.contact?.("offline");
        const wait = fullJitter(failures, (this.parts.random ?? Math.random)(), limits);
        const asked = error instanceof ProblemError ? (error.retryAfter ?? 0) * 1000 : 0;
        await this.sleep(Math.max(wait, asked, 250), signal);
      }
    }
  }

  private async round(signal: AbortSignal): Promise<void> {
    if (!this.position) {
      this.reach(await this.parts.snapshot(signal));
      this.caughtUp = false;
      this.parts.contact?.("online");
    }
    const position = this.position as FeedPosition;
    const wait = this.socketOpen || !this.caughtUp ? 0 : pollWait;
    // Marked before asking: a socket that opens or closes meanwhile asks for one more round.
    this.caughtUp = true;
    const page = await this.parts.events(position, wait, signal).catch((error: unknown) => {
      this.caughtUp = false;
      throw error;
    });
    if (page.epoch !== position.epoch) {
      this.position = null;
      return;
    }
    await this.enqueue(async () => {
      for (const event of page.events) await this.parts.apply(event, "poll");
      this.reach({ epoch: page.epoch, cursor: page.cursor });
    });
    // A page may end before the newest event, even when none of its events are for this reader.
    if (page.cursor !== position.cursor) this.caughtUp = false;
  }

  private reach(position: FeedPosition): void {
    this.position = position;
    this.parts.reached?.(position);
  }

  /** Events are applied one after another, in the order they came. */
  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work, work);
    return this.queue;
  }

  private sleep(milliseconds: number | null, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = milliseconds === null ? null : setTimeout(() => this.wakeUp?.(), milliseconds);
      this.wakeUp = () => {
        if (timer) clearTimeout(timer);
        this.wakeUp = null;
        resolve();
      };
    });
  }
}
