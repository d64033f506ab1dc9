/** Times as screens say them: Asia/Shanghai, 24 hours; durations as a countdown. */

const zone = "Asia/Shanghai";
const clockFormat = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const secondFormat = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dayFormat = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });

/** "02:40" in Asia/Shanghai; "02:40:09" where seconds matter. */
export function clockTime(instant: string | number, seconds = false): string {
  return (seconds ? secondFormat : clockFormat).format(new Date(instant));
}

/** "2026-11-21" in Asia/Shanghai. */
export function dayOf(instant: string | number): string {
  return dayFormat.format(new Date(instant));
}

/** "02:40" on the day of `now`, "11-22 02:40" on another. */
export function momentText(instant: string | number, now: number): string {
  const day = dayOf(instant);
  return day === dayOf(now) ? clockTime(instant) : `${day.slice(5)} ${clockTime(instant)}`;
}

export interface Remaining { late: boolean; days: number; hours: number; minutes: number; seconds: number; total: number }

/** Time between `now` and `due_at`, in whole units; `late` strictly after it (30:00.000 is on time). */
export function remaining(dueAt: string, now: number): Remaining {
  const total = Date.parse(dueAt) - now;
  const seconds = Math.floor(Math.abs(total) / 1000);
  return {
    late: total < 0, total, days: Math.floor(seconds / 86_400), hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60,
  };
}

/** "18:42" below an hour, "1:06:20" below a day; null from one day on (say it in words). */
export function countdown(left: Remaining): string | null {
  if (left.days > 0) return null;
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = left.hours > 0 ? two(left.minutes) : String(left.minutes).padStart(2, "0");
  const body = `${left.hours > 0 ? `${left.hours}:` : ""}${minutes}:${two(left.seconds)}`;
  return left.late ? `−${body}` : body;
}
