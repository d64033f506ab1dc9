/** Press and hold on wet glass: pure, so that every way a finger slips can be replayed against it (ADR 0039). */

export interface Touch { id: number; x: number; y: number }
export type HoldState = "idle" | "holding" | "done" | "cancelled";

export const holdFor = 2_000;
/** Water and a glove let go of the glass for a moment without meaning it. */
export const bridged = 300;
/** How far a finger may drift, in CSS pixels: more than a thumb's width around the key. */
export const drift = 90;

/**
 * One press after another. A short lost contact, a drift, a second finger do not cancel; letting go does. All times in
 * milliseconds of one clock that only goes forward.
 */
export class Hold {
  state: HoldState = "idle";
  private readonly down = new Map<number, boolean>();
  private origin = { x: 0, y: 0 };
  private beganAt = 0;
  private lostAt: number | null = null;

  /** `lasts`: how long it takes (ms). */
  constructor(private readonly lasts = holdFor) {}

  /** A finger on the key; on a hold that has ended it begins anew. */
  press(touch: Touch, now: number): void {
    this.tick(now);
    if (this.state !== "holding") {
      this.state = "holding";
      this.down.clear();
      this.beganAt = now;
      this.origin = { x: touch.x, y: touch.y };
    }
    this.down.set(touch.id, this.isNear(touch));
    this.settle(now);
  }

  move(touch: Touch, now: number): void {
    this.tick(now);
    if (this.state !== "holding" || !this.down.has(touch.id)) return;
    this.down.set(touch.id, this.isNear(touch));
    this.settle(now);
  }

  /** A finger is gone, or the browser says so. */
  release(id: number, now: number): void {
    this.tick(now);
    if (this.state !== "holding") return;
    this.down.delete(id);
    this.settle(now);
  }

  /** Let time pass; answers the state. */
  tick(now: number): HoldState {
    if (this.state !== "holding") return this.state;
    const until = this.lostAt === null ? now : Math.min(now, this.lostAt);
    if (until - this.beganAt >= this.lasts) this.state = "done";
    else if (this.lostAt !== null && now - this.lostAt > bridged) this.state = "cancelled";
    return this.state;
  }

  /** How much of the ring is full, 0 to 1. */
  filled(now: number): number {
    if (this.state === "done") return 1;
    return this.state === "holding" ? Math.min(1, Math.max(0, (now - this.beganAt) / this.lasts)) : 0;
  }

  reset(): void {
    this.state = "idle";
    this.down.clear();
    this.lostAt = null;
  }

  private settle(now: number): void {
    const touched = [...this.down.values()].some(Boolean);
    if (touched) this.lostAt = null;
    else this.lostAt ??= now;
  }

  private isNear(touch: Touch): boolean {
    return Math.hypot(touch.x - this.origin.x, touch.y - this.origin.y) <= drift;
  }
}
