/** Times of a desk: to the second, in Asia/Shanghai. */

const withSeconds = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

/** "02:21:36" in Asia/Shanghai. */
export function timeOfDay(instant: number | string): string {
  return withSeconds.format(new Date(instant));
}

const forInput = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

/** "2026-11-21T02:21:36" in Asia/Shanghai, as a field for date and time wants it. */
export function toShanghaiInput(instant: number): string {
  return forInput.format(new Date(instant)).replace(" ", "T");
}

/** RFC 3339 of what such a field says, in Asia/Shanghai (UTC+8 since 1991); null when it says nothing. */
export function fromShanghaiInput(text: string): string | null {
  const instant = Date.parse(`${text}+08:00`);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}
