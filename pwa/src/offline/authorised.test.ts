/** 赵敏's acts never go out under another officer's session, whoever signed in in the same browser meanwhile. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api, ProblemError } from "@/api/client";
import { authorised } from "./authorised";

let signedIn: string | null;
let token: string;
beforeEach(() => {
  signedIn = "zhao-min";
  token = "t1";
  api.csrfToken = null;
  // The server at the other end of the wire: who the cookie belongs to, and the token of that session.
  vi.stubGlobal("fetch", async () => {
    const body = signedIn ? { user: { id: signedIn }, csrf_token: token } : { status: 401, code: "401.1", zh: "请先登录", en: "Sign in first" };
    return new Response(JSON.stringify(body), { status: signedIn ? 200 : 401, headers: { "content-type": "application/json" } });
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A request that the server takes only with the token of the present session. */
const tokens: (string | null)[] = [];
const act = async (): Promise<string> => {
  tokens.push(api.csrfToken);
  if (api.csrfToken !== token) throw new ProblemError(403, { status: 403, code: "403.2", zh: "页面已过期", en: "Out of date" }, null);
  return "sent";
};
beforeEach(() => void tokens.splice(0));

test("fetches the token once and keeps it", async () => {
  expect([await authorised("zhao-min", act), await authorised("zhao-min", act)]).toEqual(["sent", "sent"]);
  expect(tokens).toEqual(["t1", "t1"]);
});

test("renews a token that is out of date, once", async () => {
  api.csrfToken = "yesterday";
  expect(await authorised("zhao-min", act)).toBe("sent");
  expect(tokens).toEqual(["yesterday", "t1"]);
});

test("a session that became the duty officer's ends the sending, and nothing went out under that name", async () => {
  api.csrfToken = "t1";
  signedIn = "sun-gang";
  token = "t2";
  await expect(authorised("zhao-min", act)).rejects.toMatchObject({ status: 401 });
  await expect(authorised("zhao-min", act)).rejects.toMatchObject({ status: 401 });
  expect(tokens).toEqual(["t1"]);
});

test("nobody signed in is 401, and another refusal is passed on as it is", async () => {
  signedIn = null;
  await expect(authorised("zhao-min", act)).rejects.toMatchObject({ status: 401 });
  api.csrfToken = "t1";
  await expect(authorised("zhao-min", () => Promise.reject(new ProblemError(403, null, null)))).rejects.toMatchObject({ status: 403 });
});
