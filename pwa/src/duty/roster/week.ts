/** A week of the roster: its days in Asia/Shanghai (UTC+8 since 1991), and which columns each shift takes. */
import type { Shift } from "@/api/types";
import { dayOf } from "@/time/format";

const day = 86_400_000;
const zone = 8 * 3_600_000;

/** Epoch ms at which the calendar day of `instant` began in China. */
export function midnight(instant: number): number {
  return Math.floor((instant + zone) / day) * day - zone;
}

/** Epoch ms of the Monday 00:00 of the week of `instant`, moved by `weeks`. */
export function weekStart(instant: number, weeks = 0): number {
  const today = midnight(instant);
  const weekday = (new Date(today + zone).getUTCDay() + 6) % 7;
  return today - weekday * day + weeks * 7 * day;
}

/** The seven midnights of the week that begins at `start`. */
export function daysOf(start: number): number[] {
  return Array.from({ length: 7 }, (_, index) => start + index * day);
}

export interface Place { shift: Shift; column: number; span: number; fromBefore: boolean }

/** An end before this hour of its day does not make the shift stand in that day too: 08:20 is handing over, not keeping. */
const morning = 12 * 3_600_000;

/**
 * Where each shift stands in the week, by start: column 1 to 7 and how many. What began before stands from the first column
 * on, unless it is only handed over on that morning and the morning of `now` is another.
 */
export function placed(shifts: Shift[], start: number, now: number): Place[] {
  const end = start + 7 * day;
  return shifts.map((shift) => ({ shift, begin: Date.parse(shift.planned_start), until: Date.parse(shift.off_post_at ?? shift.planned_end) }))
    .filter(({ begin, until }) => begin < end && until > start && (begin >= start || until - start > morning || midnight(now) === start))
    .sort((one, other) => one.begin - other.begin || one.shift.id.localeCompare(other.shift.id))
    .map(({ shift, begin, until }) => {
      const first = Math.max(0, Math.floor((midnight(begin) - start) / day));
      const lastDay = midnight(until - 1);
      const reaches = until - lastDay <= morning && lastDay > midnight(begin) ? lastDay - day : lastDay;
      const last = Math.min(6, Math.max(first, Math.floor((reaches - start) / day)));
      return { shift, column: first + 1, span: last - first + 1, fromBefore: begin < start };
    });
}

/** "08:20" of a wall clock as minutes since midnight. */
export function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

/** How many shifts a stretch of days makes, one every `everyHours`, beginning at `handOver` of the first day. */
export function countOf(firstDay: string, lastDay: string, handOver: string, everyHours: number): number {
  const begin = Date.parse(`${firstDay}T${handOver}:00+08:00`);
  const end = Date.parse(`${lastDay}T00:00:00+08:00`) + day;
  return Number.isNaN(begin) || Number.isNaN(end) || everyHours < 1 || end <= begin ? 0 : Math.ceil((end - begin) / (everyHours * 3_600_000));
}

/** A calendar day as a date field writes it, some days after the day of `instant`. */
export function dayAfter(instant: number, days: number): string {
  return dayOf(instant + days * day);
}
