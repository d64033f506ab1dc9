/** What counts as the server's answer and what does not: the phone's promise of 已送达 rests on it. */
import { afterEach, describe, expect, test, vi } from "vitest";
import type { UnreachableError} from "./client";
import { ApiClient, ProblemError, retryAfterSeconds, type TimeSample } from "./client";

afterEach(() => vi.useRealTimers());
const client = (answer: () => Response | Promise<Response>): ApiClient => new ApiClient(async () => answer());
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": status < 400 ? "application/json" : "application/problem+json", ...headers } });

describe("answers", () => {
  test("JSON is an answer", async () => expect(await client(() => json({ epoch: "e1" })).get("/api/me")).toEqual({ epoch: "e1" }));

  test.each([["a page", "text/html", "<html>login</html>"], ["text", "text/plain", "ok"], ["broken JSON", "application/json", "{\"epoch\":"]])(
    "%s with status 200 is not our server", async (_name, type, body) => {
      const asking = client(() => new Response(body, { headers: { "content-type": type } })).get("/api/me");
      await expect(asking).rejects.toMatchObject({ name: "UnreachableError", reason: "not_our_server" });
    });

  test("a problem keeps its status, code and the pause asked for", async () => {
    const problem = { status: 429, code: "429.1", zh: "请稍后", en: "Later" };
    const asking = client(() => json(problem, 429, { "retry-after": "30" })).post("/api/commands", {});
    await expect(asking).rejects.toMatchObject({ name: "ProblemError", status: 429, retryAfter: 30, problem });
  });

  test("a proxy's own error page is an error without our words", async () => {
    const failure = await client(() => new Response("<h1>502</h1>", { status: 502 })).get("/api/me").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect((failure as ProblemError).problem).toBeNull();
  });

  test("a refused connection is no answer", async () => {
    const asking = new ApiClient(() => Promise.reject(new TypeError("Failed to fetch"))).get("/api/me");
    await expect(asking).rejects.toMatchObject({ reason: "network" });
  });

  test("after ten seconds without an answer it gives up, also when only the body is missing", async () => {
    vi.useFakeTimers();
    const never = new ApiClient((_address, init) => new Promise((_resolve, reject) => init!.signal!.addEventListener("abort", () => reject(new DOMException("", "AbortError")))));
    const stalled = new ApiClient(async (_address, init) => new Response(new ReadableStream({
      start: (stream) => init!.signal!.addEventListener("abort", () => stream.error(new DOMException("", "AbortError"))),
    }), { headers: { "content-type": "application/json" } }));
    const failures = Promise.all([never, stalled].map((one) => one.get("/api/me").catch((error: UnreachableError) => error.reason)));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await failures).toEqual(["timeout", "timeout"]);
  });
});

test("every answer brings the server's time, an error too", async () => {
  const samples: TimeSample[] = [];
  const asking = client(() => json({ status: 401, code: "401.1", zh: "", en: "" }, 401, { "x-server-time": "1795198320000" }));
  asking.onServerTime((sample) => samples.push(sample));
  await asking.get("/api/me").catch(() => undefined);
  expect(samples.map((sample) => sample.serverTime)).toEqual([1795198320000]);
});

test("the token of the session goes with acts, not with reading", async () => {
  const tokens: (string | null)[] = [];
  const asking = new ApiClient(async (_address, init) => (tokens.push(new Headers(init!.headers).get("x-csrf-token")), json({})));
  asking.csrfToken = "t0";
  await asking.get("/api/me");
  await asking.post("/api/commands", {});
  expect(tokens).toEqual([null, "t0"]);
});

test.each([[null, null], ["120", 120], ["Fri, 20 Nov 2026 18:13:00 GMT", 60], ["soon", null], ["-5", 0]])("Retry-After %s", (header, seconds) => {
  expect(retryAfterSeconds(header, Date.parse("2026-11-20T18:12:00.000Z"))).toBe(seconds);
});
