/** What the phone says of its call: never more than is known, and it goes on until a desk ends it. */
import { expect, test } from "vitest";
import type { MyEmergency, Problem } from "@/api/types";
import type { StoredCommand } from "@/offline/schema";
import { callOf, sos, takeEmergencies } from "./state";

const press = (changes: Partial<StoredCommand> = {}): StoredCommand => ({
  command_id: "c1", device_id: "d", sequence: 1, type: "sos.raise", subject_id: "e1", made_at: "2026-11-20T18:12:00.000Z",
  payload: JSON.stringify({ body: { drill: false } }), signature: "s", state: "queued", attempts: 0, next_try_at: 0, strikes: 0, result: null,
  receipt_epoch: null, settled_at: null, last_failure: null, handled_at: null, ...changes,
});
const receipted = (subject_id = "e1", settled_at = 5_000, sequence = 1): StoredCommand => press({
  state: "receipted", settled_at, sequence, command_id: `c${sequence}`,
  result: { command_id: "c1", result: "applied", subject_id, revision: 1, received_at: "2026-11-20T18:12:02.000Z", applied_at: null, problem: null },
});
const server = (changes: Partial<MyEmergency> = {}): MyEmergency => ({
  id: "e1", revision: 1, kind: "sos", drill: false, state: "open", raised_at: "2026-11-20T18:12:00.000Z", received_at: "2026-11-20T18:12:02.000Z",
  answered_at: null, answered_by: null, safe_at: null, closed_at: null, ...changes,
});

test("saved and not sent: nobody has received it", () => {
  expect(callOf([press()], { mine: [], askedAt: 0 })).toMatchObject({ id: "e1", savedAt: "2026-11-20T18:12:00.000Z", receivedAt: null, answeredAt: null });
});

test("receipted: received, before any event came", () => {
  expect(callOf([receipted()], { mine: [], askedAt: 4_000 })).toMatchObject({ receivedAt: "2026-11-20T18:12:02.000Z", answeredBy: null });
});

test("answered by name, then ended, as the server says", () => {
  const answered = server({ state: "answered", answered_at: "2026-11-20T18:12:09.000Z", answered_by: { id: "u", name: "李强" } });
  expect(callOf([receipted()], { mine: [answered], askedAt: 0 })).toMatchObject({ answeredBy: "李强", closedAt: null });
  const closed = server({ ...answered, state: "closed", closed_at: "2026-11-20T18:20:00.000Z" });
  expect(callOf([receipted()], { mine: [closed], askedAt: 0 })).toMatchObject({ closedAt: "2026-11-20T18:20:00.000Z" });
});

test("what the server no longer names after it was asked has ended", () => {
  expect(callOf([receipted("e1", 5_000)], { mine: [], askedAt: 6_000 })).toBeNull();
});

test("a press added to an open call is that call", () => {
  const second = receipted("e1", 9_000, 2);
  const call = callOf([receipted(), second], { mine: [server()], askedAt: 0 });
  expect(call).toMatchObject({ id: "e1", commands: ["c1", "c2"] });
});

test("a call raised from another phone shows here too", () => {
  expect(callOf([], { mine: [server({ id: "e9" })], askedAt: 0 })).toMatchObject({ id: "e9" });
  expect(callOf([], { mine: [server({ kind: "missed_check_in" })], askedAt: 0 })).toBeNull();
});

test("a refusal is shown with its reason until it is put aside", () => {
  const problem = { status: 403, code: "403.3", zh: "本机已被停用", en: "revoked" } as Problem;
  const refused = press({
    state: "attention", result: { command_id: "c1", result: "rejected", subject_id: "e1", revision: null, received_at: null, applied_at: null, problem },
  });
  expect(callOf([refused], { mine: [], askedAt: 9 })?.refused?.zh).toBe("本机已被停用");
  expect(callOf([{ ...refused, handled_at: 1 }], { mine: [], askedAt: 9 })).toBeNull();
});

test("safe is shown at once, before it has arrived", () => {
  const safe = press({ type: "sos.safe", command_id: "c2", sequence: 2, made_at: "2026-11-20T18:15:00.000Z" });
  expect(callOf([receipted(), safe], { mine: [server()], askedAt: 0 })?.safeAt).toBe("2026-11-20T18:15:00.000Z");
});

test("a call that ended while the phone was out of contact is shown as ended, until the officer has read it", () => {
  sos.mine = [server()];
  takeEmergencies({ duty_phone: null, mine: [], check_ins: [] }, Date.parse("2026-11-20T18:40:00.000Z"));
  expect(callOf([receipted()], sos)).toMatchObject({ closedAt: "2026-11-20T18:40:00.000Z" });
  sos.read.add("e1");
  takeEmergencies({ duty_phone: null, mine: [], check_ins: [] }, Date.parse("2026-11-20T18:41:00.000Z"));
  expect(sos.mine).toEqual([]);
});
