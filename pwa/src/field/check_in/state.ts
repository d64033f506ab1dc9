/** My check-ins (定时报平安): what the server said, with my own taps that it does not know yet on top. */
import { computed, ref } from "vue";
import type { MyCheckIn } from "@/api/types";
import type { StoredCommand } from "@/offline/schema";
import { phone } from "../state";

export const confirmType = "check_in.confirm";
const told = ref<MyCheckIn[]>([]);

export function takeCheckIns(rows: MyCheckIn[]): void {
  told.value = rows;
}

/** A timer as it is to be shown: the newest tap of this phone moves it at once, with or without a network. */
export function withTaps(row: MyCheckIn, commands: StoredCommand[]): MyCheckIn {
  const taps = commands.filter((command) => command.type === confirmType && command.subject_id === row.directive_id && command.state === "queued")
    .map((command) => command.made_at).sort();
  const newest = taps.at(-1);
  if (!newest || (row.last_at !== null && newest <= row.last_at)) return row;
  return { ...row, last_at: newest, missed: false, due_at: new Date(Date.parse(newest) + row.minutes * 60_000).toISOString() };
}

export type Asks = "counts" | "soon" | "asks" | "missed";
const soonBefore = 60_000;

/** How a timer stands: a minute before it is due it is said, then the phone asks, then the command post knows. */
export function standing(row: MyCheckIn, now: number): Asks {
  const left = Date.parse(row.due_at) - now;
  if (row.missed || left < -row.grace_s * 1000) return "missed";
  if (left <= 0) return "asks";
  return left <= soonBefore ? "soon" : "counts";
}

/** The one that is due next. */
export const myCheckIn = computed<MyCheckIn | null>(() =>
  told.value.map((row) => withTaps(row, phone.commands)).sort((one, other) => one.due_at.localeCompare(other.due_at))[0] ?? null);
