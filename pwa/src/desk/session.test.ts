/** Who sits at a desk when the server says nothing: whoever worked here last, reading; nobody, once that person signed out. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { me } from "@/testing/desk";

let signedIn: string | null;
let network: "there" | "gone" | "away";
let asked: string[];

/** The page loaded anew: nothing of before but what the browser keeps. */
async function freshPage() {
  vi.resetModules();
  return import("./session");
}

const duanYu = me();
const somebodyElse = me({ user: { id: "0193b0a0-0000-7000-8000-0000000000c9", account: "binchuan.duty", name: "孙刚" } });

beforeEach(() => {
  localStorage.clear();
  signedIn = duanYu.user.id;
  network = "there";
  asked = [];
  vi.stubGlobal("location", { ...window.location, reload: vi.fn() });
  vi.stubGlobal("fetch", async (path: string, { method }: RequestInit) => {
    asked.push(`${method} ${path}`);
    if (network === "gone") throw new TypeError("Failed to fetch");
    const answer = (status: number, body: unknown): Response =>
      new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
    if (network === "away") return answer(503, { status: 503, code: "503.2", zh: "稍后", en: "Later" });
    if (path === "/api/sign-out") {
      signedIn = null;
      return answer(204, null);
    }
    const user = [duanYu, somebodyElse].find((one) => one.user.id === signedIn);
    return user ? answer(200, user) : answer(401, { status: 401, code: "401.1", zh: "请先登录", en: "Sign in first" });
  });
});
afterEach(() => vi.unstubAllGlobals());

describe.each(["gone", "away"] as const)("with the server %s", (trouble) => {
  test("a desk opened before goes on as its last user: calls can be registered, everything else only read", async () => {
    await (await freshPage()).openDesk();
    network = trouble;
    const { desk, may, openDesk } = await freshPage();
    await openDesk();
    expect([desk.state.value, desk.me.value?.user.name, desk.unconfirmed.value]).toEqual(["signed_in", "段玉", true]);
    expect(["lead.register", "directive.issue", "lead.triage", "directive.receive"].map(may)).toEqual([false, false, false, true]);
    network = "there";
    await openDesk();
    expect([desk.unconfirmed.value, may("directive.issue")]).toEqual([false, true]);
  });

  test("whoever signed out is forgotten at once, and signed out at the server as soon as it can be told", async () => {
    const first = await freshPage();
    await first.openDesk();
    network = trouble;
    await first.leaveDesk();
    const after = await freshPage();
    await after.openDesk();
    expect([after.desk.state.value, after.desk.me.value]).toEqual(["unreachable", null]);
    expect(localStorage.getItem("lingda-desk-me")).toBeNull();
    network = "there";
    asked = [];
    await after.openDesk();
    expect([after.desk.state.value, asked, signedIn]).toEqual(["signed_out", ["GET /api/me", "POST /api/sign-out"], null]);
  });
});

test("whoever signs out is not asked to sign in over the page that is about to go, though the server's word comes first", async () => {
  const { desk, leaveDesk, openDesk, sessionEnded } = await freshPage();
  await openDesk();
  const gone = leaveDesk();
  sessionEnded();
  await openDesk();
  await gone;
  await openDesk();
  expect([desk.state.value, desk.ended.value, signedIn]).toEqual(["signed_in", false, null]);
});

test("a session that ended elsewhere is asked for again over the page", async () => {
  const { desk, openDesk } = await freshPage();
  await openDesk();
  signedIn = null;
  await openDesk();
  expect([desk.state.value, desk.ended.value]).toEqual(["signed_in", true]);
});

test("somebody who signed in meanwhile is not signed out for the one who left", async () => {
  const first = await freshPage();
  await first.openDesk();
  network = "gone";
  await first.leaveDesk();
  network = "there";
  signedIn = somebodyElse.user.id;
  const after = await freshPage();
  await after.openDesk();
  expect([after.desk.me.value?.user.name, signedIn]).toEqual(["孙刚", somebodyElse.user.id]);
});

test("a desk nobody opened before shows no more than that the server cannot be reached", async () => {
  network = "gone";
  const { desk, openDesk } = await freshPage();
  await openDesk();
  expect([desk.state.value, desk.me.value]).toEqual(["unreachable", null]);
});
