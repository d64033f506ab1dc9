/** The second way to call for help: five quick taps on the top strip of the screen, found without looking (ADR 0039). */

export const tapsNeeded = 5;
/** From one tap to the next at most. */
export const betweenTaps = 600;
/** How high the strip is, in CSS pixels, below what the phone itself shows there. */
export const stripHeight = 64;

/** Counts taps; pure, `now` in milliseconds. */
export class FiveTaps {
  private count = 0;
  private last = -Infinity;

  /** A tap on the strip: true when it was the fifth quick one. */
  tap(now: number): boolean {
    this.count = now - this.last <= betweenTaps ? this.count + 1 : 1;
    this.last = now;
    if (this.count < tapsNeeded) return false;
    this.count = 0;
    this.last = -Infinity;
    return true;
  }
}

/** Call `done` after five quick taps on the strip; taps on what can be pressed there are for that. Answers how to stop. */
export function watchFiveTaps(done: () => void): () => void {
  const taps = new FiveTaps();
  const tapped = (event: PointerEvent): void => {
    const pressed = event.target instanceof Element && event.target.closest("button, a, input, textarea, select, summary, [role=button]");
    if (event.clientY <= stripHeight && !pressed && taps.tap(event.timeStamp)) done();
  };
  document.addEventListener("pointerdown", tapped, { capture: true });
  return () => document.removeEventListener("pointerdown", tapped, { capture: true });
}
