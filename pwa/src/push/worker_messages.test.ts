/** A page believes only what the phone's own service worker says, and follows no address but the phone's own. */
import { expect, test } from "vitest";
import { walnutOrder } from "@/testing/orders";
import { readMessage } from "./worker_messages";

test("a push, a tap and a handed-in outbox are understood", () => {
  expect(readMessage({ type: "push", lingda: { kind: "self_check", subject_id: "s", token: "t", covert: true, more: 1 } }))
    .toEqual({ type: "push", lingda: { kind: "self_check", subject_id: "s", token: "t", covert: true } });
  expect(readMessage({ type: "open", path: `/order/${walnutOrder}` })).toEqual({ type: "open", path: `/order/${walnutOrder}` });
  expect([readMessage({ type: "open", path: "/" }), readMessage({ type: "open", path: "/me" }), readMessage({ type: "flushed" })]).not.toContain(null);
});

test.each([
  [null], ["push"], [{}], [{ type: "other" }], [{ type: "open" }], [{ type: "open", path: "https://elsewhere.test/" }], [{ type: "open", path: "/order/../sign-in" }], [{ type: "open", path: "/enrol/code" }],
])("%j is not followed", (said) => expect(readMessage(said)).toBeNull());

test("a push without its parts is still a push", () => {
  expect(readMessage({ type: "push" })).toEqual({ type: "push", lingda: { kind: "", subject_id: null, token: null, covert: false } });
});
