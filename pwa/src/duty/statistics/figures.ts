/** Figures of clocks as the server counts them, and how a row is drawn: shares of what started, times against the limit. */
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { dayOf } from "@/time/format";

export type ClockFigures = components["schemas"]["ClockFigures"];
export type FigureRow = components["schemas"]["ClockFigures.FigureRow"];

/** Days as the court's calendar has them, both counted; no court: all that may be seen. */
export interface Stretch { from: string; to: string; courtId: string }

const queryOf = (stretch: Stretch): Record<string, string | undefined> => ({ from: stretch.from, to: stretch.to, court_id: stretch.courtId || undefined });

export function readFigures(stretch: Stretch): Promise<ClockFigures> {
  return api.get<ClockFigures>("/api/statistics/clocks", { query: queryOf(stretch), timeout: 30_000 });
}

export function tableAddress(stretch: Stretch): string {
  const query = Object.entries(queryOf(stretch)).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `/api/statistics/clocks.csv?${new URLSearchParams(query)}`;
}

export type Preset = "this_month" | "last_month" | "quarter" | "year";

/** The days of a preset that ends today, or of the month before. */
export function presetDays(preset: Preset, now: number): { from: string; to: string } {
  const today = dayOf(now);
  const [year = 0, month = 0] = today.split("-").map(Number);
  const first = (back: number): string => new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10);
  if (preset === "last_month") return { from: first(1), to: new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10) };
  return { from: first({ this_month: 0, quarter: 2, year: 11 }[preset]), to: today };
}

export interface Share { state: "met" | "breached" | "unconfirmed" | "cancelled" | "running"; count: number; percent: number }

/** How the clocks that started ended, as shares of all of them, in the order they are drawn. */
export function sharesOf(row: FigureRow): Share[] {
  return (["met", "breached", "unconfirmed", "running", "cancelled"] as const)
    .map((state) => ({ state, count: row[state], percent: row.started ? (100 * row[state]) / row.started : 0 }))
    .filter((share) => share.count > 0);
}

export interface TimeBar { median: number; p95: number; limit: number | null }

/** Where the median, the 95th percentile and the limit lie on one line, in percent; null where no act was timed. */
export function timeBar(row: FigureRow): TimeBar | null {
  if (row.median_seconds === null || row.p95_seconds === null) return null;
  const limit = row.limit_minutes === null ? null : 60 * row.limit_minutes;
  const whole = Math.max(row.p95_seconds, limit ?? 0, 1) * 1.1;
  const share = (seconds: number): number => Math.min(100, Math.max(0, (100 * seconds) / whole));
  return { median: share(row.median_seconds), p95: share(row.p95_seconds), limit: limit === null ? null : share(limit) };
}

/** "4:05" minutes and seconds, "1:02:00" from an hour on; whole days apart. */
export function duration(seconds: number): { days: number; clock: string } {
  const whole = Math.max(0, Math.round(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor(whole / 3600) % 24;
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  return { days, clock: hours > 0 || days > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}` };
}
