/** Times of a desk: to the second, in Asia/Shanghai. */

const withSeconds = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

/** "02:21:36" in Asia/Shanghai. */
export function timeOfDay(instant: number | string): string {
  return withSeconds.format(new Date(instant));
}
