/** The lines of the self-check: each good, soon or bad, with the one thing to do; and all of them in one line to read out. */
import type { PositionPermission } from "@/positions/sampler";
import type { PushState, SelfCheckReport } from "@/push/wire";

export type Tone = "good" | "soon" | "bad" | "unknown";
export type Action = "allow_position" | "allow_push" | "ring" | "enrol" | "saver";
export interface Text { key: string; values?: Record<string, string | number> }
/** `todo`: the one thing the officer can do about it. */
export interface Line { name: LineName; tone: Tone; value: Text; todo?: Text; action?: Action }
export type LineName =
  | "connection" | "device" | "unsent" | "push" | "notifications" | "trip" | "receipts" | "position" | "clock" | "battery" | "saver"
  | "sound" | "vibration" | "wake" | "storage" | "installed" | "secure";

/** How the test push went: `none` no push to send by, `silent` nothing came within 15 s, `failed` the server was not reached. */
export type Trip = { state: "not_run" | "running" | "none" | "silent" | "failed" } | { state: "ok"; milliseconds: number };

export interface Facts {
  online: boolean;
  /** The officer's name where the phone is enrolled. */
  enrolledFor: string | null;
  unsent: number;
  fixesWaiting: number;
  push: PushState | null;
  notifications: SelfCheckReport["notifications"];
  serviceWorker: boolean;
  trip: Trip;
  /** Seconds since the server last heard what this phone received, and how long that took, ms. */
  lastReceipt: { secondsAgo: number; milliseconds: number } | null;
  position: PositionPermission;
  fix: { accuracyMetres: number; secondsAgo: number } | null;
  /** Milliseconds to add to the phone's clock; `uncertainty` null when nothing was measured. */
  clockOffset: number;
  clockUncertainty: number | null;
  batteryPercent: number | null;
  maker: string;
  /** The officer has ticked that the maker's battery saver lets this app live. */
  saverDone: boolean;
  sound: "on" | "off" | "unsupported";
  vibration: boolean;
  /** Null before it was tried. */
  wakeLock: boolean | null;
  persisted: boolean | null;
  freeMegabytes: number | null;
  secure: boolean;
  installed: boolean;
}

/** Off by more than this, acts are still ordered right, but the officer reads wrong times. */
const clockLimit = { soon: 5_000, bad: 120_000 };
const batteryLimit = { soon: 30, bad: 15 };
const freeLimit = { soon: 500, bad: 100 };
const oldFix = 300;
const slowTrip = 5_000;

const text = (key: string, values?: Text["values"]): Text => ({ key: `self_check.${key}`, values });

export function linesOf(facts: Facts): Line[] {
  return [
    line("connection", facts.online ? "good" : "soon", text(facts.online ? "connection_online" : "connection_offline")),
    facts.enrolledFor !== null
      ? line("device", "good", text("device_enrolled", { name: facts.enrolledFor }))
      : line("device", "bad", text("device_not"), undefined, "enrol"),
    line("unsent", facts.unsent > 0 ? "soon" : "good", text("unsent_both", { acts: facts.unsent, fixes: facts.fixesWaiting }), facts.unsent > 0 ? text("todo.unsent") : undefined),
    push(facts), notifications(facts), trip(facts.trip), ...receipts(facts), position(facts), clock(facts), battery(facts),
    line("saver", facts.saverDone ? "good" : "soon", text(facts.saverDone ? "saver_done" : "saver_open"), undefined, facts.saverDone ? undefined : "saver"),
    facts.sound === "on" ? line("sound", "good", text("sound_on"), undefined, "ring")
      : line("sound", facts.sound === "off" ? "soon" : "bad", text(`sound_${facts.sound}`), undefined, facts.sound === "off" ? "ring" : undefined),
    line("vibration", facts.vibration ? "good" : "soon", text(facts.vibration ? "vibration_yes" : "vibration_no"), facts.vibration ? undefined : text("todo.vibration")),
    wake(facts), storage(facts),
    line("installed", facts.installed ? "good" : "soon", text(facts.installed ? "installed_yes" : "installed_no"), facts.installed ? undefined : text("todo.install")),
    line("secure", facts.secure ? "good" : "bad", text(facts.secure ? "secure_yes" : "secure_no"), facts.secure ? undefined : text("todo.secure")),
  ];
}

function line(name: LineName, tone: Tone, value: Text, todo?: Text, action?: Action): Line {
  return { name, tone, value, todo, action };
}

function push({ push: state, serviceWorker }: Facts): Line {
  if (state === null) return line("push", "unknown", text("push_unknown"));
  const tones: Record<PushState, Tone> = { ok: "good", none: "soon", denied: "bad", unsupported: "soon", timeout: "soon", failed: "soon" };
  if (state === "none") return line("push", "soon", text("push_none"), text("todo.push_none"), "allow_push");
  const value = state === "unsupported" && !serviceWorker ? text("push_no_worker") : text(`push_${state}`);
  return line("push", tones[state], value, state === "ok" ? undefined : text(`todo.push_${state}`));
}

function notifications({ notifications: permission }: Facts): Line {
  const value = text(`notifications_${permission}`);
  if (permission === "granted") return line("notifications", "good", value);
  if (permission === "default") return line("notifications", "soon", value, undefined, "allow_push");
  return line("notifications", permission === "denied" ? "bad" : "soon", value, permission === "denied" ? text("todo.push_denied") : undefined);
}

function trip(how: Trip): Line {
  if (how.state === "ok") return line("trip", how.milliseconds > slowTrip ? "soon" : "good", text("trip_ok", { seconds: (how.milliseconds / 1000).toFixed(1) }));
  const tones: Record<typeof how.state, Tone> = { not_run: "unknown", running: "unknown", none: "soon", silent: "bad", failed: "soon" };
  const todo = how.state === "silent" ? text("todo.trip_silent") : how.state === "none" ? text("todo.trip_none") : undefined;
  return line("trip", tones[how.state], text(`trip_${how.state}`), todo);
}

function receipts({ lastReceipt }: Facts): Line[] {
  if (!lastReceipt) return [];
  const { secondsAgo, milliseconds } = lastReceipt;
  const [minutes, seconds] = [Math.floor(secondsAgo / 60), Math.max(0.1, milliseconds / 1000).toFixed(1)];
  return [line("receipts", "good", minutes === 0 ? text("receipt_now", { seconds }) : text("receipt_at", { minutes, seconds }))];
}

function position({ position: permission, fix }: Facts): Line {
  if (permission !== "granted") {
    const unknown = permission === "unknown";
    return line("position", "bad", text(`position_${permission}`), permission === "denied" ? text("todo.position_denied") : undefined, unknown ? "allow_position" : undefined);
  }
  if (!fix) return line("position", "soon", text("position_waiting"), text("todo.position_waiting"));
  const value = text("position_granted", { metres: Math.round(fix.accuracyMetres) });
  return fix.secondsAgo > oldFix ? line("position", "soon", text("position_old", { metres: Math.round(fix.accuracyMetres), minutes: Math.floor(fix.secondsAgo / 60) }), text("todo.position_waiting")) : line("position", "good", value);
}

function clock({ clockOffset, clockUncertainty }: Facts): Line {
  const seconds = Math.abs(clockOffset / 1000).toFixed(1);
  if (clockUncertainty === null) return line("clock", "unknown", text("clock_unknown", { seconds }));
  const value = text("clock_offset", { seconds, uncertainty: (clockUncertainty / 1000).toFixed(1) });
  const off = Math.abs(clockOffset);
  if (off <= clockLimit.soon) return line("clock", "good", value);
  return line("clock", off > clockLimit.bad ? "bad" : "soon", value, text("todo.clock"));
}

function battery({ batteryPercent: percent }: Facts): Line {
  if (percent === null) return line("battery", "unknown", text("battery_unknown"));
  const tone = percent < batteryLimit.bad ? "bad" : percent < batteryLimit.soon ? "soon" : "good";
  return line("battery", tone, text("battery_percent", { percent }), tone === "good" ? undefined : text("todo.battery"));
}

function wake({ wakeLock }: Facts): Line {
  if (wakeLock === null) return line("wake", "unknown", text("wake_unknown"));
  return line("wake", wakeLock ? "good" : "soon", text(wakeLock ? "wake_yes" : "wake_no"), wakeLock ? undefined : text("todo.wake"));
}

function storage({ persisted, freeMegabytes: free }: Facts): Line {
  const full = free !== null && free < freeLimit.soon;
  const state = persisted === null ? "storage_unknown" : persisted ? "storage_persisted" : "storage_not_persisted";
  const tone: Tone = free !== null && free < freeLimit.bad ? "bad" : full || !persisted ? "soon" : "good";
  const value = free === null ? text(state) : text(`${state}_free`, { megabytes: free });
  return line("storage", tone, value, full ? text("todo.storage_full") : persisted === false ? text("todo.install") : undefined);
}

const mark: Record<Tone, string> = { good: "✓", soon: "!", bad: "✗", unknown: "?" };
/** What a duty desk asks first; the rest is on the page. */
const readOut: LineName[] = ["push", "trip", "position", "clock", "sound", "battery", "saver", "storage"];

/** One short line to read out over the phone, for example `推送✓ 定位✓ 时钟✓ 电池✗`. `nameOf` gives the short name. */
export function codeLine(lines: Line[], nameOf: (name: LineName) => string): string {
  return readOut.flatMap((name) => lines.filter((one) => one.name === name)).map((one) => `${nameOf(one.name)}${mark[one.tone]}`).join(" ");
}

/** What the desk is told of a run. */
export function reportOf(facts: Facts, appVersion: string): SelfCheckReport {
  const position = facts.position === "unknown" ? "prompt" : facts.position;
  return {
    push: facts.push ?? "none", notifications: facts.notifications, service_worker: facts.serviceWorker, sound: facts.sound === "on",
    wake_lock: facts.wakeLock === true, vibration: facts.vibration, storage_persisted: facts.persisted, storage_free_mb: facts.freeMegabytes, position,
    clock_offset_ms: facts.clockUncertainty === null ? null : Math.round(facts.clockOffset), secure: facts.secure, installed: facts.installed,
    battery_percent: facts.batteryPercent, battery_saver_done: facts.saverDone, maker: facts.maker.slice(0, 40),
    round_trip_ms: facts.trip.state === "ok" ? facts.trip.milliseconds : null, app_version: appVersion.slice(0, 40),
  };
}
