/** What 赵敏 reads on the self-check, what she reads out over the phone, and what the duty desk gets. */
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import { UnreachableError } from "@/api/client";
import { userStore } from "@/offline/user_store";
import english from "@/push/messages/en";
import chinese from "@/push/messages/zh-CN";
import type { SelfCheckReport, WorkerMessage } from "@/push/wire";
import { zhaoMin } from "@/testing/orders";
import { emptyPhone, nightOfTheWalnuts } from "@/testing/phone";
import { keepAndSend, keptReport, sendKeptReport } from "./kept";
import { codeLine, linesOf, reportOf, type Facts, type Line, type LineName, type Tone } from "./lines";
import { makerOf, makers, stepsOf } from "./makers";
import { testPush, tripLimit } from "./test_push";

const good: Facts = {
  online: true, enrolledFor: "赵敏", unsent: 0, fixesWaiting: 0, push: "ok", notifications: "granted", serviceWorker: true, trip: { state: "ok", milliseconds: 900 },
  lastReceipt: { secondsAgo: 65, milliseconds: 120 }, position: "granted", fix: { accuracyMetres: 11.6, secondsAgo: 4 }, clockOffset: -300, clockUncertainty: 40, batteryPercent: 63,
  maker: "huawei", saverDone: true, sound: "on", vibration: true, wakeLock: true, persisted: true, freeMegabytes: 4_200, secure: true, installed: true,
};
const line = (name: LineName, changes: Partial<Facts>): Line => linesOf({ ...good, ...changes }).find((one) => one.name === name)!;
const toneOf = (name: LineName, changes: Partial<Facts>): Tone => line(name, changes).tone;

test("a phone in order has only good lines and nothing to do", () => {
  expect(linesOf(good).map((one) => [one.name, one.tone, one.todo])).toEqual(linesOf(good).map((one) => [one.name, "good", undefined]));
});

describe("each trouble has its tone and, unless a button does it, the one thing to do", () => {
  test.each([
    ["push", { push: "denied" }, "bad"], ["push", { push: "timeout" }, "soon"], ["push", { push: "unsupported", serviceWorker: false }, "soon"], ["push", { push: "failed" }, "soon"], ["push", { push: "none" }, "soon"],
    ["notifications", { notifications: "denied" }, "bad"], ["trip", { trip: { state: "silent" } }, "bad"], ["trip", { trip: { state: "none" } }, "soon"],
    ["position", { position: "denied" }, "bad"], ["position", { fix: null }, "soon"], ["position", { fix: { accuracyMetres: 12, secondsAgo: 301 } }, "soon"],
    ["clock", { clockOffset: 5_001 }, "soon"], ["clock", { clockOffset: -120_001 }, "bad"], ["battery", { batteryPercent: 29 }, "soon"], ["battery", { batteryPercent: 14 }, "bad"],
    ["wake", { wakeLock: false }, "soon"], ["vibration", { vibration: false }, "soon"], ["storage", { persisted: false }, "soon"], ["storage", { freeMegabytes: 499 }, "soon"], ["storage", { freeMegabytes: 99 }, "bad"],
    ["installed", { installed: false }, "soon"], ["secure", { secure: false }, "bad"], ["unsent", { unsent: 2 }, "soon"],
  ] as [LineName, Partial<Facts>, Tone][])("%s %j is %s", (name, changes, tone) => {
    expect(line(name, changes)).toMatchObject({ tone, todo: { key: expect.stringMatching(/^self_check\.todo\./) as string } });
  });

  test.each([
    ["device", { enrolledFor: null }, "enrol"], ["position", { position: "unknown" }, "allow_position"], ["push", { push: "none" }, "allow_push"],
    ["notifications", { notifications: "default" }, "allow_push"], ["sound", { sound: "off" }, "ring"], ["saver", { saverDone: false }, "saver"],
  ] as [LineName, Partial<Facts>, string][])("%s %j offers %s", (name, changes, action) => expect(line(name, changes)).toMatchObject({ action }));

  test("at the limits it is still good", () => {
    expect([toneOf("clock", { clockOffset: 5_000 }), toneOf("battery", { batteryPercent: 30 }), toneOf("storage", { freeMegabytes: 500 }), toneOf("position", { fix: { accuracyMetres: 12, secondsAgo: 300 } })])
      .toEqual(["good", "good", "good", "good"]);
  });

  test("what a browser does not tell is said to be unknown, not good", () => {
    expect([toneOf("battery", { batteryPercent: null }), toneOf("clock", { clockUncertainty: null }), toneOf("push", { push: null }), toneOf("wake", { wakeLock: null }), toneOf("trip", { trip: { state: "not_run" } })])
      .toEqual(["unknown", "unknown", "unknown", "unknown", "unknown"]);
  });
});

/** Every word a line may use exists in both languages with the same tree (the trees are compared in i18n/messages.test.ts). */
test("every line of every state has its words", () => {
  const look = (tree: unknown, key: string): unknown => key.split(".").reduce((branch, name) => (branch as Record<string, unknown> | undefined)?.[name], tree);
  const states: Partial<Facts>[] = [
    {}, { online: false, enrolledFor: null, unsent: 1, push: null, notifications: "default", trip: { state: "not_run" }, position: "unknown", clockUncertainty: null, batteryPercent: null, saverDone: false, sound: "off", vibration: false, wakeLock: null, persisted: null, freeMegabytes: null, secure: false, installed: false },
    ...(["ok", "denied", "unsupported", "timeout", "failed", "none"] as const).map((push) => ({ push })), { push: "unsupported", serviceWorker: false },
    ...(["granted", "denied", "default", "unsupported"] as const).map((notifications) => ({ notifications })),
    ...(["not_run", "running", "none", "silent", "failed"] as const).map((state) => ({ trip: { state } })), ...(["granted", "denied", "unknown", "unsupported"] as const).map((position) => ({ position })),
    { fix: null }, { fix: { accuracyMetres: 5, secondsAgo: 900 } }, { clockOffset: 9e6 }, { batteryPercent: 3 }, { sound: "unsupported" }, { wakeLock: false },
    { persisted: false }, { persisted: false, freeMegabytes: null }, { persisted: null }, { freeMegabytes: null }, { freeMegabytes: 50 },
  ];
  const keys = states.flatMap((changes) => linesOf({ ...good, ...changes })).flatMap((one) => [one.value.key, one.todo?.key, `self_check.name.${one.name}`, `self_check.short.${one.name}`]);
  for (const key of new Set(keys)) if (key) expect([typeof look(chinese, key), typeof look(english, key)], key).toEqual(["string", "string"]);
  for (const maker of makers) for (let step = 1; step <= stepsOf[maker]; step += 1) expect(typeof look(chinese, `self_check.saver.${maker}.s${step}`), `${maker} ${step}`).toBe("string");
});

test("one line to read out: what works, what to watch, what does not", () => {
  const short = (name: LineName): string => chinese.self_check.short[name];
  expect(codeLine(linesOf({ ...good, batteryPercent: 9, saverDone: false, trip: { state: "not_run" } }), short)).toBe("推送✓ 往返? 定位✓ 时钟✓ 铃声✓ 电池✗ 后台! 存储✓");
});

test("the report says what was seen and leaves out what is not known", () => {
  expect(reportOf(good, "0.1.0")).toEqual({
    push: "ok", notifications: "granted", service_worker: true, sound: true, wake_lock: true, vibration: true, storage_persisted: true, storage_free_mb: 4_200, position: "granted",
    clock_offset_ms: -300, secure: true, installed: true, battery_percent: 63, battery_saver_done: true, maker: "huawei", round_trip_ms: 900, app_version: "0.1.0",
  });
  expect(reportOf({ ...good, clockUncertainty: null, trip: { state: "silent" }, position: "unknown", push: null, wakeLock: null }, "0.1.0"))
    .toMatchObject({ clock_offset_ms: null, round_trip_ms: null, position: "prompt", push: "none", wake_lock: false });
});

describe("the report on its way", () => {
  beforeEach(emptyPhone);
  const offline = async (): Promise<never> => Promise.reject(new UnreachableError("network"));
  const made = { report: reportOf(good, "0.1.0"), ranAt: nightOfTheWalnuts, code: "推送✓" };

  test("without a network it waits, and goes out once at the next contact", async () => {
    const store = userStore(zhaoMin.id);
    const posted: SelfCheckReport[] = [];
    expect(await keepAndSend(store, zhaoMin.id, made, offline)).toBe(false);
    expect(await sendKeptReport(store, zhaoMin.id, offline)).toBe(false);
    expect(await keptReport(store)).toEqual({ ...made, sent: false });
    const post = async (report: SelfCheckReport) => void posted.push(report);
    expect([await sendKeptReport(store, zhaoMin.id, post), await sendKeptReport(store, zhaoMin.id, post)]).toEqual([true, true]);
    expect([posted, (await keptReport(store))?.sent]).toEqual([[made.report], true]);
  });

  test("a newer run made while an older report was under way still waits for its own turn", async () => {
    const store = userStore(zhaoMin.id);
    await keepAndSend(store, zhaoMin.id, made, offline);
    const newer = { ...made, ranAt: made.ranAt + 60_000 };
    await sendKeptReport(store, zhaoMin.id, async () => void (await keepAndSend(store, zhaoMin.id, newer, offline)));
    expect(await keptReport(store)).toEqual({ ...newer, sent: false });
  });
});

describe("the test push", () => {
  const said = (token: string): WorkerMessage => ({ type: "push", lingda: { kind: "self_check", subject_id: null, token, covert: false } });
  const bench = () => {
    const state = { now: 0, tell: (_message: WorkerMessage): void => undefined, stopped: false, waits: [] as number[], patient: true };
    const listen = (listener: (message: WorkerMessage) => void) => {
      state.tell = listener;
      return () => void (state.stopped = true);
    };
    return { state, listen, steady: () => state.now, wait: (milliseconds: number): Promise<void> => {
      state.waits.push(milliseconds);
      return state.patient ? new Promise(() => undefined) : Promise.resolve();
    } };
  };

  test("measures from the tap to the service worker's word, also when that is faster than the server's answer", async () => {
    const { state, ...parts } = bench();
    const ask = async () => {
      state.now = 700;
      state.tell(said("ours"));
      state.now = 1_500;
      return { token: "ours", channel: "push" as const };
    };
    expect([await testPush({ ...parts, ask }), state.stopped]).toEqual([{ state: "ok", milliseconds: 700 }, true]);
    const late = bench();
    const trip = testPush({ listen: late.listen, steady: late.steady, wait: late.wait, ask: async () => ({ token: "ours", channel: "push" as const }) });
    await Promise.resolve();
    late.state.now = 2_300;
    late.state.tell(said("ours"));
    expect(await trip).toEqual({ state: "ok", milliseconds: 2_300 });
  });

  test("another push is not taken for it, and fifteen seconds are enough", async () => {
    const { state, ...parts } = bench();
    state.patient = false;
    const ask = async () => {
      state.tell(said("another"));
      return { token: "ours", channel: "push" as const };
    };
    expect([await testPush({ ...parts, ask }), state.waits]).toEqual([{ state: "silent" }, [tripLimit]]);
  });

  test("no way to push, and no server", async () => {
    const { state: _state, ...parts } = bench();
    expect(await testPush({ ...parts, ask: async () => ({ token: null, channel: "none" as const }) })).toEqual({ state: "none" });
    expect(await testPush({ ...parts, ask: () => Promise.reject(new UnreachableError("network")) })).toEqual({ state: "failed" });
  });
});

test.each([
  ["Mozilla/5.0 (Linux; Android 12; HarmonyOS; ALN-AL00; HMSCore 6.13) AppleWebKit/537.36 HuaweiBrowser/15.0", "", "huawei"],
  ["Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114 ArkWeb/4.1 Mobile", "", "huawei"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile", "PGT-AN10", "huawei"],
  ["Mozilla/5.0 (Linux; U; Android 14; zh-cn; 23127PN0CC Build/UKQ1) XiaoMi/MiuiBrowser/18.5", "", "xiaomi"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile", "22041211AC", "xiaomi"],
  ["Mozilla/5.0 (Linux; U; Android 13; zh-cn; PHM110 Build) HeyTapBrowser/40.8", "", "oppo"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile", "RMX3888", "oppo"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile", "PJD110", "oppo"],
  ["Mozilla/5.0 (Linux; Android 14; V2309A; wv) VivoBrowser/20.6", "", "vivo"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile", "V2324A", "vivo"],
  ["Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S9280) SamsungBrowser/25.0", "", "samsung"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari", "", "iphone"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile", "", "other"],
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0", "", "other"],
])("%s %s is recognised as %s", (agent, model, maker) => expect(makerOf(agent, model)).toBe(maker));
