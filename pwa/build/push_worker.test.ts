/** A push wakes 赵敏's phone: always something to see, a receipt by its token, her offline acts handed in, open pages told. */
import "fake-indexeddb/auto";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { emptyPhone, enrolledPhone } from "../src/testing/phone.ts";
import { liQiang, truckOrder, walnutOrder, zhaoMin } from "../src/testing/orders.ts";
import { userStore } from "../src/offline/user_store.ts";
import { workerSource, workerText } from "./shell.ts";

const token = "a-token-of-43-letters";
const urgent = (lingda: object = {}, rest: object = {}) => ({
  web_push: 8030, app_badge: 2, mutable: true, notification: { title: "令达 · 紧急指令", body: "请打开令达查看并应答", tag: `directive-${walnutOrder}` },
  lingda: { kind: "directive", subject_id: walnutOrder, delivery_id: "d1", urgency: "urgent", covert: false, token, deadline: null, ...lingda }, ...rest,
});

interface Shown { title: string; options: Record<string, unknown> }
interface Asked { method: string; path: string; csrf: string | null; body: unknown }
interface Page { url: string; visibilityState: string; heard: unknown[]; focused: boolean; postMessage: (said: unknown) => void; focus: () => Promise<void> }

let heard: Record<string, (event: unknown) => void>;
let shown: Shown[];
let asked: Asked[];
let pages: Page[];
let openedWindows: string[];
let locked: string[];
let refusesOptions: boolean;
let signedIn: { id: string } | null;
let answers: (asked: Asked) => Response | null;
let subscribed: unknown[];
let waited: number[];

const page = (path: string, visibilityState = "hidden"): Page => {
  const made: Page = {
    url: `https://lingda.test${path}`, visibilityState, heard: [], focused: false, postMessage: (said) => void made.heard.push(said), focus: async () => void (made.focused = true),
  };
  pages.push(made);
  return made;
};
const json = (content: unknown, status = 200): Response => new Response(JSON.stringify(content), { status });
const sentTo = (path: string): unknown[] => asked.filter((one) => one.path === path).map((one) => one.body);

beforeEach(() => {
  emptyPhone();
  [heard, shown, asked, pages, openedWindows, locked, subscribed] = [{}, [], [], [], [], [], []];
  refusesOptions = false;
  signedIn = zhaoMin;
  answers = () => json({});
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-20T18:12:00.000Z") });
  waited = [];
  // Pauses pass at once and are noted; the limit on an answer never comes.
  const setTimeout = (work: () => void, milliseconds: number): void => {
    if (milliseconds >= 10_000) return;
    waited.push(milliseconds);
    queueMicrotask(work);
  };
  const worker = {
    location: { origin: "https://lingda.test" }, skipWaiting: vi.fn(),
    addEventListener: (kind: string, listener: (event: unknown) => void) => (heard[kind] = listener),
    clients: { matchAll: async () => pages, openWindow: async (address: string) => void openedWindows.push(address), claim: vi.fn() },
    registration: {
      showNotification: async (title: string, options: Record<string, unknown>) => {
        if (options["silent"] && options["vibrate"]) throw new TypeError("Silent notifications must not specify vibration patterns.");
        if (refusesOptions && "requireInteraction" in options) throw new TypeError("not supported");
        shown.push({ title, options });
      },
      pushManager: { subscribe: async (options: unknown) => (subscribed.push(options), { toJSON: () => ({ endpoint: "https://push.test/new", expirationTime: null, keys: { p256dh: "p", auth: "a" } }) }) },
    },
  };
  const ask = async (path: string, options: { method: string; headers: Record<string, string>; body?: string }): Promise<Response> => {
    const one = { method: options.method, path, csrf: options.headers["X-CSRF-Token"] ?? null, body: options.body ? JSON.parse(options.body) : null };
    asked.push(one);
    if (path === "/api/me") return signedIn ? json({ user: signedIn, csrf_token: "csrf" }) : json({}, 401);
    const answer = answers(one);
    if (!answer) throw new TypeError("Failed to fetch");
    return answer;
  };
  const locks = { request: async (name: string, _options: unknown, work: (lock: unknown) => unknown) => work(locked.includes(name) ? null : { name }) };
  const navigator = { locks, setAppBadge: vi.fn(async () => undefined) };
  const text = workerText(workerSource(join(import.meta.dirname, "..")), {});
  new Function("self", "caches", "fetch", "navigator", "setTimeout", text)(worker, {}, ask, navigator, setTimeout);
  return () => vi.useRealTimers();
});

async function happen(kind: string, event: object): Promise<void> {
  let done: Promise<unknown> = Promise.resolve();
  heard[kind]!({ waitUntil: (work: Promise<unknown>) => (done = work), ...event });
  await done;
}
const push = (said: unknown): Promise<void> => happen("push", { data: { json: () => JSON.parse(typeof said === "string" ? said : JSON.stringify(said)) } });
const click = (lingda: unknown): Promise<void> => happen("notificationclick", { notification: { data: { lingda }, close: vi.fn() } });

describe("what is shown", () => {
  test("an urgent order: its words, until she reacts, with a vibration, and its receipts with their times", async () => {
    await push(urgent());
    expect(shown).toMatchObject([{ title: "令达 · 紧急指令", options: { body: "请打开令达查看并应答", tag: `directive-${walnutOrder}`, requireInteraction: true, silent: false } }]);
    expect(shown[0]!.options["vibrate"]).toBeDefined();
    expect(sentTo("/api/push/receipts")).toMatchObject([{ token, stage: "device_received" }, { token, stage: "displayed" }]);
    expect(sentTo("/api/push/receipts").map((one) => (one as { at: string }).at)[0]).toMatch(/^2026-11-20T18:12:0/);
  });

  test("a covert order: says nothing, makes no sound, has no pattern that a browser refuses beside silence", async () => {
    await push(urgent({ covert: true }));
    expect(shown).toMatchObject([{ title: "令达", options: { body: "有新消息", silent: true } }]);
    expect(shown[0]!.options).not.toHaveProperty("vibrate");
  });

  test("a recall replaces the order it recalls, without a sound and without holding the screen", async () => {
    await push(urgent({ kind: "recall" }));
    expect(shown).toMatchObject([{ options: { tag: `directive-${walnutOrder}`, body: "指令已撤回", silent: true, requireInteraction: false } }]);
    await push(urgent({ kind: "recall", covert: true }));
    expect(shown[1]).toMatchObject({ title: "令达", options: { body: "消息已撤回", silent: true } });
  });

  test("a normal order makes no sound", async () => {
    await push(urgent({ urgency: "normal" }));
    expect(shown).toMatchObject([{ options: { silent: true, requireInteraction: false } }]);
  });

  test.each([
    ["not JSON", "<html>"], ["a bare word", '"hello"'], ["a list", "[1]"], ["null", "null"], ["no parts", "{}"], ["parts of wrong kinds", { notification: 5, lingda: "x", app_badge: "many" }],
    ["fields of wrong kinds", { notification: { title: {}, body: 7, tag: [] }, lingda: { kind: 5, subject_id: { a: 1 }, token: 9, covert: "yes" } }],
  ])("%s: still something to see, and no receipt without a token", async (_name, said) => {
    await push(said);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ title: "令达", options: { body: "有新消息，请打开令达查看" } });
    expect(sentTo("/api/push/receipts")).toEqual([]);
  });

  test("an empty push, and one that Safari hands over as a proposed notification", async () => {
    await happen("push", { data: null });
    await happen("push", { data: null, notification: { title: "令达 · 紧急指令", body: "请打开", tag: "t", data: { lingda: { kind: "directive", subject_id: walnutOrder, token, urgency: "urgent" } } } });
    expect(shown.map((one) => one.title)).toEqual(["令达", "令达 · 紧急指令"]);
    expect(sentTo("/api/push/receipts")).toHaveLength(2);
  });

  test("a browser that refuses an option gets the notification without it", async () => {
    refusesOptions = true;
    await push(urgent());
    expect(shown).toMatchObject([{ title: "令达 · 紧急指令", options: { body: "请打开令达查看并应答", silent: false } }]);
  });
});

test("without a network the receipts are tried three times and the notification stands", async () => {
  answers = () => null;
  await push(urgent());
  expect(shown).toHaveLength(1);
  expect(sentTo("/api/push/receipts").filter((one) => (one as { stage: string }).stage === "device_received")).toHaveLength(3);
  expect(waited).toEqual([0, 2_000, 8_000, 0, 2_000, 8_000]);
});

test("an unknown token is not asked about again", async () => {
  answers = () => json({}, 404);
  await push(urgent());
  expect(sentTo("/api/push/receipts")).toHaveLength(2);
});

test("the phone's open pages hear of it; a desk open in the same browser does not", async () => {
  const [phone, desk] = [page("/#/me"), page("/duty")];
  await push(urgent());
  expect(phone.heard).toEqual([{ type: "push", lingda: expect.objectContaining({ subject_id: walnutOrder, covert: false }) }]);
  expect(desk.heard).toEqual([]);
});

describe("a tap on the notification", () => {
  test("brings an open page to the order and says that it was opened", async () => {
    const [hidden, visible] = [page("/#/"), page("/#/duty", "visible")];
    await click(urgent().lingda);
    expect([visible.focused, visible.heard, hidden.heard, openedWindows]).toEqual([true, [{ type: "open", path: `/order/${walnutOrder}` }], [], []]);
    expect(sentTo("/api/push/receipts")).toMatchObject([{ stage: "opened" }]);
  });

  test("opens the order where no page of the phone is open", async () => {
    page("/duty");
    await click(urgent().lingda);
    expect(openedWindows).toEqual([`/#/order/${walnutOrder}`]);
  });

  test.each([["nothing", undefined], ["an address for an id", { kind: "directive", subject_id: "../../evil?x" }], ["an unknown kind", { kind: "strange", subject_id: walnutOrder }]])(
    "with %s leads to the list of orders", async (_name, lingda) => {
      await click(lingda);
      expect(openedWindows).toEqual(["/#/"]);
    });
});

describe("the outbox inside a push", () => {
  const save = async (...subjects: string[]) => {
    const phone = await enrolledPhone();
    for (const subject_id of subjects) await phone.outbox.save({ type: "directive.note", subject_id, body: { text: "已上车" } });
    return phone;
  };

  test("goes out in its order, with her session, and nothing is written back", async () => {
    const phone = await save(walnutOrder, truckOrder);
    await push(urgent());
    const kept = await phone.outbox.queued();
    expect(sentTo("/api/commands")).toEqual([{ commands: kept.map(({ payload, signature }) => ({ payload, signature })) }]);
    expect(asked.find((one) => one.path === "/api/commands")).toMatchObject({ method: "POST", csrf: "csrf" });
    expect(kept).toHaveLength(2);
  });

  test("stays with the page that is sending", async () => {
    await save(walnutOrder);
    locked = [`lingda-outbox-${zhaoMin.id}`];
    await push(urgent());
    expect([sentTo("/api/commands"), sentTo("/api/me")]).toEqual([[], []]);
  });

  test.each([["nobody", null], ["somebody else", liQiang]])("stays here when %s is signed in", async (_name, who) => {
    await save(walnutOrder);
    signedIn = who;
    await push(urgent());
    expect(sentTo("/api/commands")).toEqual([]);
  });

  test("leaves an order with trouble to the page and sends the others", async () => {
    const phone = await save(walnutOrder, walnutOrder, truckOrder);
    const [first] = await phone.outbox.queued();
    await phone.outbox.strike(first!, 0, "HTTP 413");
    await push(urgent());
    const [{ commands }] = sentTo("/api/commands") as [{ commands: { payload: string }[] }];
    expect(commands.map(({ payload }) => (JSON.parse(payload) as { subject_id: string }).subject_id)).toEqual([truckOrder]);
  });

  test("stops at a request that fails, and tells the pages only of what went out", async () => {
    await save(...Array.from({ length: 60 }, () => walnutOrder));
    const open = page("/");
    answers = ({ path, body }) => (path === "/api/commands" && (body as { commands: unknown[] }).commands.length < 50 ? json({}, 503) : json({}));
    await push(urgent());
    expect(sentTo("/api/commands").map((body) => (body as { commands: unknown[] }).commands.length)).toEqual([50, 10]);
    expect(open.heard).toContainEqual({ type: "flushed" });
  });

  test("a phone without a store stays without one: an empty store made here would be broken for the page", async () => {
    await push(urgent());
    expect((await indexedDB.databases()).map((one) => one.name)).toEqual([]);
    const phone = await save(walnutOrder);
    expect(await phone.outbox.queued()).toHaveLength(1);
    await userStore(zhaoMin.id).close();
  });
});

test("an address the push service gave up is replaced with the same key and told to the server", async () => {
  await happen("pushsubscriptionchange", { oldSubscription: { options: { applicationServerKey: "the-key" } }, newSubscription: null });
  expect(subscribed).toEqual([{ userVisibleOnly: true, applicationServerKey: "the-key" }]);
  expect(asked.find((one) => one.method === "PUT")).toMatchObject({ path: "/api/push/subscription", csrf: "csrf", body: { endpoint: "https://push.test/new", p256dh: "p", auth: "a", expires_at: null } });
});
