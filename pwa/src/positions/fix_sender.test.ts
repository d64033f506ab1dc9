/** Positions wait behind the officer's acts, survive bad networks, and never block on one the server cannot take. */
import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { ProblemError, UnreachableError } from "@/api/client";
import type { Fix } from "@/api/types";
import { userStore } from "@/offline/user_store";
import { emptyPhone } from "@/testing/phone";
import { FixBuffer } from "./fix_buffer";
import { FixSender, type FixSenderParts } from "./fix_sender";

const fix = (second: number): Fix => ({
  fixed_at: new Date(Date.parse("2026-11-20T18:20:00.000Z") + second * 1000).toISOString(), longitude: 100.58, latitude: 25.82, accuracy_m: 8,
});
let buffer: FixBuffer;
let time: number;
let sent: string[][];
beforeEach(() => {
  emptyPhone();
  buffer = new FixBuffer(userStore("li-qiang"));
  time = 1_000_000;
  sent = [];
});
const fill = async (count: number): Promise<void> => {
  for (let second = 0; second < count; second += 1) await buffer.add(fix(second));
};
const sender = (post: (fixes: Fix[]) => unknown, parts: Partial<FixSenderParts> = {}): FixSender =>
  new FixSender({
    buffer, actsWait: async () => false, signInSilently: async () => true, now: () => time, random: () => 0.5,
    post: async (fixes) => {
      sent.push(fixes.map((one) => one.fixed_at));
      return post(fixes);
    },
    ...parts,
  });

test("ten fixes go at once, fewer after thirty seconds", async () => {
  const sending = sender(() => ({}));
  await fill(10);
  await sending.kick();
  expect([sent.length, await buffer.count()]).toEqual([1, 0]);
  await fill(3);
  await sending.kick();
  expect(await buffer.count()).toBe(3);
  time += 30_000;
  await sending.kick();
  expect(await buffer.count()).toBe(0);
});

test("while an accepted order waits to be sent, no position is", async () => {
  await fill(20);
  await sender(() => ({}), { actsWait: async () => true }).kick();
  expect(sent).toEqual([]);
});

test("without a network everything stays, and the next try waits", async () => {
  await fill(20);
  const sending = sender(() => {
    throw new UnreachableError("network");
  });
  await sending.kick();
  await sending.kick();
  expect([sent.length, await buffer.count()]).toEqual([1, 20]);
  time += 1_000;
  await sending.kick();
  expect(sent).toHaveLength(2);
});

test("a session that ended is renewed by the phone itself", async () => {
  await fill(20);
  await sender(() => {
    if (sent.length === 1) throw new ProblemError(401, null, null);
  }).kick();
  expect(await buffer.count()).toBe(0);
});

test("one fix the server cannot take goes alone; the others arrive", async () => {
  await fill(16);
  const arrived: string[] = [];
  await sender((fixes) => {
    if (fixes.some((one) => one.fixed_at === fix(5).fixed_at)) throw new ProblemError(422, null, null);
    arrived.push(...fixes.map((one) => one.fixed_at));
  }).kick();
  expect(await buffer.count()).toBe(0);
  expect(arrived).toEqual(Array.from({ length: 16 }, (_, second) => fix(second).fixed_at).filter((_, second) => second !== 5));
});

test("the buffer keeps the newest when it is full", async () => {
  buffer = new FixBuffer(userStore("li-qiang"), 5);
  await fill(8);
  expect((await buffer.oldest(10)).map((one) => one.fixed_at)).toEqual([3, 4, 5, 6, 7].map((second) => fix(second).fixed_at));
});

test("in danger each position goes at once, the newest first, past acts that wait", async () => {
  const sending = sender(() => ({}));
  await fill(50);
  sending.setInDanger(true);
  await sending.kick();
  expect(sent[0]!.at(-1)).toBe(fix(49).fixed_at);
  expect(sent[0]).toHaveLength(20);
  expect(await buffer.count()).toBe(0);
  await buffer.add(fix(60));
  await sending.kick();
  expect(sent.at(-1)).toEqual([fix(60).fixed_at]);
});
