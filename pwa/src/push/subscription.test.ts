/** 赵敏's phone and the server agree on where a push reaches her, whatever became of either. */
import { beforeEach, describe, expect, test } from "vitest";
import { ProblemError, UnreachableError } from "@/api/client";
import { bytesOf, keepSubscribed, sha256, stopSubscribed, subscribeLimit, type SubscriptionParts } from "./subscription";
import type { KnownSubscription } from "./wire";

const key = "BKEYofTheServerAAAA";
const otherKey = "BKEYofAnotherDayAAA";

interface Address { endpoint: string; key: string }
let browser: { held: Address | null; made: number; permission: NotificationPermission | "unsupported"; subscribes: () => Promise<void>; manager: boolean };
let server: { known: KnownSubscription; put: unknown[]; forgotten: number; answer: (endpoint: string) => void };
let waits: number[];
let pass: () => void;

beforeEach(() => {
  browser = { held: null, made: 0, permission: "granted", subscribes: async () => undefined, manager: true };
  server = { known: { state: "none", endpoint_sha256: null }, put: [], forgotten: 0, answer: () => undefined };
  waits = [];
});

const subscription = (address: Address): PushSubscription => ({
  endpoint: address.endpoint, options: { applicationServerKey: bytesOf(address.key).buffer, userVisibleOnly: true }, expirationTime: null,
  unsubscribe: async () => ((browser.held = null), true), getKey: () => null,
  toJSON: () => ({ endpoint: address.endpoint, expirationTime: null, keys: { p256dh: "p", auth: "a" } }),
});
const manager = {
  getSubscription: async () => (browser.held ? subscription(browser.held) : null),
  subscribe: async () => {
    await browser.subscribes();
    browser.made += 1;
    browser.held = { endpoint: `https://push.test/${browser.made}`, key };
    return subscription(browser.held);
  },
} as unknown as PushManager;
const parts: SubscriptionParts = {
  permission: () => browser.permission, manager: async () => (browser.manager ? manager : null), key: async () => ({ public_key: key }), known: async () => server.known,
  put: async (body) => {
    server.answer(body.endpoint);
    server.put.push(body);
  },
  forget: async () => (server.forgotten += 1), // The eight seconds pass only for a browser that says nothing.
  wait: (milliseconds) => {
    waits.push(milliseconds);
    return new Promise((resolve) => (pass = resolve));
  },
};
const agreed = async (endpoint: string): Promise<KnownSubscription> => ({ state: "active", endpoint_sha256: await sha256(endpoint) });
const problem = (status: number): ProblemError => new ProblemError(status, { status, code: `${status}.1`, zh: "", en: "" }, null);

test("the first time: an address is made and told whole", async () => {
  expect(await keepSubscribed(parts)).toBe("ok");
  expect(server.put).toEqual([{ endpoint: "https://push.test/1", p256dh: "p", auth: "a", expires_at: null }]);
});

test("nothing changed: nothing is told again", async () => {
  browser.held = { endpoint: "https://push.test/old", key };
  server.known = await agreed("https://push.test/old");
  expect([await keepSubscribed(parts), server.put, browser.made]).toEqual(["ok", [], 0]);
});

test.each([["never saw it", { state: "none", endpoint_sha256: null }], ["has another one", { state: "active", endpoint_sha256: "00" }]] as [string, KnownSubscription][])(
  "the server %s: the address is told again", async (_name, known) => {
    browser.held = { endpoint: "https://push.test/old", key };
    server.known = known;
    expect([await keepSubscribed(parts), browser.made]).toEqual(["ok", 0]);
    expect(server.put).toMatchObject([{ endpoint: "https://push.test/old" }]);
  });

test("the server's key changed: a new address is made for it", async () => {
  browser.held = { endpoint: "https://push.test/old", key: otherKey };
  server.known = await agreed("https://push.test/old");
  expect(await keepSubscribed(parts)).toBe("ok");
  expect(server.put).toMatchObject([{ endpoint: "https://push.test/1" }]);
});

test("the push service gave the address up: a new one is made", async () => {
  browser.held = { endpoint: "https://push.test/old", key };
  server.known = { ...(await agreed("https://push.test/old")), state: "gone" };
  expect([await keepSubscribed(parts), server.put]).toMatchObject(["ok", [{ endpoint: "https://push.test/1" }]]);
});

test("the address belongs to another phone: this one takes a new one, once", async () => {
  server.answer = (endpoint) => {
    if (endpoint.endsWith("/1")) throw problem(409);
  };
  expect([await keepSubscribed(parts), browser.made]).toEqual(["ok", 2]);
  server.answer = () => {
    throw problem(409);
  };
  browser.held = null;
  expect([await keepSubscribed(parts), browser.made]).toEqual(["failed", 4]);
});

describe("how push stands without an address", () => {
  test.each([["denied", "denied"], ["default", "none"], ["unsupported", "unsupported"]] as const)("permission %s is told as %s, and nothing is asked", async (permission, state) => {
    browser.permission = permission;
    expect([await keepSubscribed(parts), browser.made]).toEqual([state, 0]);
  });

  test("no service worker", async () => {
    browser.manager = false;
    expect(await keepSubscribed(parts)).toBe("unsupported");
  });

  test("a browser that never answers is given eight seconds", async () => {
    browser.subscribes = () => {
      queueMicrotask(() => pass());
      return new Promise(() => undefined);
    };
    expect([await keepSubscribed(parts), waits]).toEqual(["timeout", [subscribeLimit]]);
  });

  test.each([["AbortError", "failed"], ["NotAllowedError", "denied"]])("a browser that answers %s", async (name, state) => {
    browser.subscribes = async () => {
      throw Object.assign(new Error("Registration failed"), { name });
    };
    expect(await keepSubscribed(parts)).toBe(state);
  });

  test("an address that the server refuses", async () => {
    server.answer = () => {
      throw problem(422);
    };
    expect(await keepSubscribed(parts)).toBe("failed");
  });

  test("without a network nothing new is known", async () => {
    await expect(keepSubscribed({ ...parts, key: () => Promise.reject(new UnreachableError("network")) })).rejects.toThrow(UnreachableError);
  });
});

test("after signing out neither browser nor server has an address, whichever of them can be reached", async () => {
  browser.held = { endpoint: "https://push.test/old", key };
  await stopSubscribed(parts);
  expect([browser.held, server.forgotten]).toEqual([null, 1]);
  browser.held = { endpoint: "https://push.test/old", key };
  await stopSubscribed({ ...parts, forget: () => Promise.reject(new UnreachableError("network")) });
  expect(browser.held).toBeNull();
});
