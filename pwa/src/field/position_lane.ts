/** Positions of this phone, from the sampler through the buffer to the server, beside the officer's acts. */
import { api } from "@/api/client";
import type { Position } from "@/api/types";
import { authorised } from "@/offline/authorised";
import type { UserStore } from "@/offline/user_store";
import { watchBattery } from "@/positions/battery";
import { FixBuffer } from "@/positions/fix_buffer";
import { FixSender } from "@/positions/fix_sender";
import { Sampler } from "@/positions/sampler";
import { ScreenWake } from "@/positions/wake_lock";
import { clock } from "@/time";
import { phone } from "./state";

export interface PositionLaneParts {
  store: UserStore;
  userId: string;
  deviceId: () => string | null;
  actsWait: () => Promise<boolean>;
  signInSilently: () => Promise<boolean>;
}
const sendEvery = 10_000;
/** A position older than this says nothing about where an act was done. */
const freshForAct = 120_000;

export class PositionLane {
  private readonly buffer: FixBuffer;
  private readonly sender: FixSender;
  private readonly sampler: Sampler;
  private readonly wake = new ScreenWake(navigator.wakeLock, document);
  private timer: ReturnType<typeof setInterval> | null = null;
  private inDanger = false;

  constructor(private readonly parts: PositionLaneParts) {
    this.buffer = new FixBuffer(parts.store);
    this.sender = new FixSender({
      buffer: this.buffer, actsWait: parts.actsWait, signInSilently: parts.signInSilently, now: () => Date.now(), random: Math.random,
      post: (stored) => {
        const fixes = stored.map(({ key: _key, ...fix }) => fix);
        return authorised(parts.userId, () => api.post("/api/fixes", { device_id: parts.deviceId(), fixes }));
      },
    });
    this.sampler = new Sampler({
      geolocation: navigator.geolocation, now: () => Date.now(), corrected: (time) => time + clock.correction().offset,
      batteryPercent: () => phone.batteryPercent, seen: (reading) => (phone.position = reading),
      permission: (state) => (phone.permission = state),
      keep: async (fix) => {
        if (parts.deviceId() !== null) await this.buffer.add(fix);
        await this.count();
        if (this.inDanger) await this.send();
      },
    });
  }

  /** Begin without a question when the officer allowed positions before. */
  async start(): Promise<void> {
    void watchBattery((percent) => (phone.batteryPercent = percent));
    this.timer = setInterval(() => void this.send(), sendEvery);
    const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
    if (permission?.state === "granted") this.sampler.start();
    else phone.permission = permission?.state === "denied" ? "denied" : "unknown";
    await this.count();
  }

  /** Begin now; the browser asks if it has to. Call from a tap. */
  ask(): void {
    this.sampler.start();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.sampler.stop();
    void this.wake.want(false);
  }

  setUnderWay(underWay: boolean): void {
    this.sampler.setUnderWay(underWay);
    void this.wake.want(underWay);
  }

  /** The officer called for help, or it has ended. */
  setInDanger(inDanger: boolean): void {
    this.inDanger = inDanger;
    this.sender.setInDanger(inDanger);
    this.sampler.setInDanger(inDanger);
  }

  async sendNow(): Promise<void> {
    await this.sender.kickFresh().catch(() => undefined);
    await this.count();
  }

  /** Where an act is done, if the phone knows; a call for help takes an older position too, which says its age. */
  forAct(maximumAge = freshForAct): Position | null {
    const reading = this.sampler.recent(maximumAge);
    if (!reading) return null;
    const { longitude, latitude, accuracy_m, at } = reading;
    return { longitude, latitude, accuracy_m, fixed_at: new Date(at + clock.correction().offset).toISOString() };
  }

  private async send(): Promise<void> {
    if (this.parts.deviceId() === null) return;
    await this.sender.kick().catch(() => undefined);
    await this.count();
  }

  private async count(): Promise<void> {
    phone.fixesWaiting = await this.buffer.count().catch(() => phone.fixesWaiting);
  }
}
