/** Reads the phone's position while the page is in front, as often as the order under way needs and the battery allows. */
import type { Fix } from "@/api/types";
import { asksOnceAMinute, emergencyEvery, nothingYet, paceFor, take, type Pace, type Reading, type SamplingState } from "./sampling";

export type PositionPermission = "unknown" | "granted" | "denied" | "unsupported";

export interface SamplerParts {
  geolocation: Geolocation | undefined;
  now: () => number;
  /** Server-corrected time of a device time (both epoch ms). */
  corrected: (deviceTime: number) => number;
  batteryPercent: () => number | null;
  keep: (fix: Fix) => Promise<void>;
  /** Told of every good reading, for the screen. */
  seen: (reading: Reading) => void;
  permission: (state: PositionPermission) => void;
}
const precise: PositionOptions = { enableHighAccuracy: true, maximumAge: 2_000, timeout: 20_000 };
const minute = 60_000;

export class Sampler {
  private state: SamplingState = nothingYet;
  private underWay = false;
  private watchId: number | null = null;
  private inDanger = false;
  private minuteTimer: ReturnType<typeof setInterval> | null = null;
  private dangerTimer: ReturnType<typeof setInterval> | null = null;
  private running = false;

  constructor(private readonly parts: SamplerParts) {}

  /** Begin to read; the browser asks the officer for leave the first time. */
  start(): void {
    if (!this.parts.geolocation) return this.parts.permission("unsupported");
    if (this.running) return;
    this.running = true;
    this.arrange();
  }

  stop(): void {
    this.running = false;
    this.endWatch();
    this.endMinutes();
    this.endDanger();
  }

  /** The officer called for help, or it has ended: every three seconds, whatever the battery says. */
  setInDanger(inDanger: boolean): void {
    if (this.inDanger === inDanger) return;
    this.inDanger = inDanger;
    if (this.running) this.arrange();
  }

  /** An order is under way (departed or on scene), or no longer. */
  setUnderWay(underWay: boolean): void {
    this.underWay = underWay;
    if (this.running) this.arrange();
  }

  /** The last good reading, if it is not older than `maximumAge` ms. */
  recent(maximumAge: number): Reading | null {
    const last = this.state.accepted;
    return last && this.parts.now() - last.at <= maximumAge ? last : null;
  }

  get pace(): Pace {
    return paceFor(this.underWay, this.parts.batteryPercent(), this.inDanger);
  }

  private arrange(): void {
    const slow = asksOnceAMinute(this.state, this.pace, this.parts.now());
    if (slow) {
      this.endWatch();
      this.endDanger();
      this.minuteTimer ??= setInterval(() => this.ask(), minute);
      if (this.state.accepted === null) this.ask();
      return;
    }
    this.endMinutes();
    // A watch says nothing while the phone lies still; whoever looks for the officer must see that it lives.
    if (this.inDanger) this.dangerTimer ??= setInterval(() => this.ask(), emergencyEvery);
    else this.endDanger();
    this.watchId ??= this.parts.geolocation!.watchPosition(
      (position) => this.take(position), (error) => this.failed(error), precise,
    );
  }

  private ask(): void {
    this.parts.geolocation?.getCurrentPosition((position) => this.take(position), (error) => this.failed(error), precise);
  }

  private take(position: GeolocationPosition): void {
    this.parts.permission("granted");
    const reading = readingOf(position);
    const { state, keep } = take(this.state, reading, this.pace);
    const accepted = state.accepted !== this.state.accepted;
    this.state = state;
    if (accepted) this.parts.seen(reading);
    if (keep) void this.parts.keep(this.fixOf(reading)).catch(() => undefined);
    this.arrange();
  }

  private failed(error: GeolocationPositionError): void {
    if (error.code === error.PERMISSION_DENIED) {
      this.parts.permission("denied");
      this.stop();
    }
  }

  private fixOf(reading: Reading): Fix {
    const battery = this.parts.batteryPercent();
    return {
      fixed_at: new Date(this.parts.corrected(reading.at)).toISOString(), longitude: reading.longitude, latitude: reading.latitude,
      accuracy_m: reading.accuracy_m, ...known("altitude_m", reading.altitude_m), ...known("speed_m_s", reading.speed_m_s),
      ...known("heading", reading.heading), ...known("battery_percent", battery),
    };
  }

  private endWatch(): void {
    if (this.watchId !== null) this.parts.geolocation?.clearWatch(this.watchId);
    this.watchId = null;
  }

  private endDanger(): void {
    if (this.dangerTimer) clearInterval(this.dangerTimer);
    this.dangerTimer = null;
  }

  private endMinutes(): void {
    if (this.minuteTimer) clearInterval(this.minuteTimer);
    this.minuteTimer = null;
  }
}

function known<Name extends string>(name: Name, value: number | null): Partial<Record<Name, number>> {
  return value === null || Number.isNaN(value) ? {} : ({ [name]: value } as Record<Name, number>);
}

function readingOf({ coords, timestamp }: GeolocationPosition): Reading {
  return {
    longitude: coords.longitude, latitude: coords.latitude, accuracy_m: coords.accuracy, altitude_m: coords.altitude,
    speed_m_s: coords.speed, heading: coords.heading, at: timestamp,
  };
}
