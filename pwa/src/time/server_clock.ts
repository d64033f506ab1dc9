/** Server-corrected time for countdowns and for the times stamped on acts (A8: occurred_at from the device, corrected). */
import type { TimeSample } from "@/api/client";

/** A correction: add `offset` ms to the device clock; `uncertainty` in ms, null when it is not known. */
export interface Correction { offset: number; uncertainty: number | null; measuredAt: number }

interface Measured { offset: number; roundTrip: number; at: number }

const keptSamples = 8;
/** A device clock and its monotonic clock that part by more than this were parted by hand. */
const jumpLimit = 5_000;
/** A phone's quartz drifts by at most about this much; it widens the uncertainty of an old measurement. */
const driftPerMillisecond = 50e-6;

export class ServerClock {
  private samples: Measured[] = [];
  private stored: Correction | null = null;
  private lastWall: number | null = null;
  private lastSteady: number | null = null;

  constructor(
    private readonly wall: () => number = () => Date.now(),
    private readonly steady: () => number = () => performance.now(),
  ) {}

  /** Start from a correction measured in an earlier run; thrown away when the device clock went back past it. */
  restore(correction: Correction): void {
    if (this.samples.length > 0) return;
    if (this.wall() < correction.measuredAt) this.stored = { ...correction, uncertainty: null };
    else this.stored = correction;
  }

  /** Take the server time of one answer: offset to the middle of the round trip, half of it as uncertainty. */
  take(sample: TimeSample): void {
    this.watchForJump();
    const roundTrip = sample.answeredAt - sample.sentAt;
    if (roundTrip < 0) return;
    const offset = sample.serverTime - (sample.sentAt + sample.answeredAt) / 2;
    this.samples = [...this.samples, { offset, roundTrip, at: sample.answeredAt }].slice(-keptSamples);
  }

  /**
   * Compare the wall clock with the steady one. Call once a second while visible; after sleep call `wake` instead,
   * because the steady clock stands still in sleep on most phones.
   */
  watchForJump(): void {
    const wall = this.wall();
    const steady = this.steady();
    if (this.lastWall !== null && this.lastSteady !== null) {
      const parted = Math.abs(wall - this.lastWall - (steady - this.lastSteady));
      if (parted > jumpLimit || wall < this.lastWall - jumpLimit) this.forget();
    }
    this.lastWall = wall;
    this.lastSteady = steady;
  }

  /** The page was hidden: only a wall clock that went backwards is a sign of a change by hand. */
  wake(): void {
    const wall = this.wall();
    if (this.lastWall !== null && wall < this.lastWall) this.forget();
    this.lastWall = wall;
    this.lastSteady = this.steady();
  }

  /** The correction in force. With no sample and nothing stored: none, uncertainty unknown. */
  correction(): Correction {
    const best = this.samples.reduce<Measured | null>((a, b) => (a === null || b.roundTrip <= a.roundTrip ? b : a), null);
    if (best) return this.widened({ offset: best.offset, uncertainty: best.roundTrip / 2, measuredAt: best.at });
    return this.stored ? this.widened(this.stored) : { offset: 0, uncertainty: null, measuredAt: 0 };
  }

  /** Best estimate of the server's time, epoch milliseconds. */
  now(): number {
    return this.wall() + this.correction().offset;
  }

  private widened(correction: Correction): Correction {
    if (correction.uncertainty === null) return correction;
    const age = Math.max(0, this.wall() - correction.measuredAt);
    return { ...correction, uncertainty: Math.round(correction.uncertainty + age * driftPerMillisecond) };
  }

  /** Somebody changed the clock: what was measured before says nothing any more, except as a last guess. */
  private forget(): void {
    const last = this.correction();
    this.samples = [];
    this.stored = { ...last, uncertainty: null };
  }
}
