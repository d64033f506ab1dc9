/** Keeps the screen on while an order is under way; the browser drops the lock whenever the page is hidden. */

export class ScreenWake {
  private wanted = false;
  private lock: WakeLockSentinel | null = null;

  constructor(private readonly wakeLock: WakeLock | undefined, private readonly page: Document) {
    page.addEventListener("visibilitychange", () => void this.hold());
  }

  /** Ask to keep the screen on, or let it go dark. */
  async want(wanted: boolean): Promise<void> {
    this.wanted = wanted;
    if (wanted) return this.hold();
    const lock = this.lock;
    this.lock = null;
    await lock?.release().catch(() => undefined);
  }

  private async hold(): Promise<void> {
    if (!this.wanted || !this.wakeLock || this.page.visibilityState !== "visible" || this.lock?.released === false) return;
    // Refused in power saving: the order goes on without it.
    this.lock = await this.wakeLock.request("screen").catch(() => null);
  }
}
