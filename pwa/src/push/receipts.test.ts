/** The desk learns once what came to 赵敏's phone, was shown and opened, also when the network was away meanwhile. */
import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { ProblemError, UnreachableError } from "@/api/client";
import { userStore } from "@/offline/user_store";
import { truckOrder, walnutOrder, zhaoMin } from "@/testing/orders";
import { emptyPhone, nightOfTheWalnuts } from "@/testing/phone";
import { Receipts } from "./receipts";
import type { Receipt } from "./wire";

let heard: Receipt[];
let trouble: Error | null;
let requests: number;
let took: number[];
const time = { now: nightOfTheWalnuts };

beforeEach(() => {
  emptyPhone();
  [heard, trouble, requests, took] = [[], null, 0, []];
  time.now = nightOfTheWalnuts;
});

const open = () => new Receipts({
  store: userStore(zhaoMin.id), now: () => time.now, answered: (milliseconds) => void took.push(milliseconds),
  post: async (items) => {
    requests += 1;
    if (trouble) throw trouble;
    heard.push(...items);
  },
});
const stages = (): string[] => heard.map((receipt) => `${receipt.stage} ${receipt.channel}`);

test("each stage is told once, with its time and by the way the order came", async () => {
  const receipts = open();
  await receipts.note("device_received", walnutOrder, "socket");
  time.now += 4_000;
  await receipts.note("displayed", walnutOrder);
  await receipts.note("displayed", walnutOrder);
  await receipts.note("opened", walnutOrder);
  expect(stages()).toEqual(["device_received socket", "displayed socket", "opened socket"]);
  expect(heard[1]).toEqual({ subject_kind: "directive", subject_id: walnutOrder, stage: "displayed", channel: "socket", at: "2026-11-20T18:12:04.000Z" });
  expect(took).toHaveLength(3);
});

test("the page opened anew remembers what it told", async () => {
  await open().note("device_received", walnutOrder, "poll");
  await open().note("device_received", walnutOrder, "socket");
  await open().note("device_received", truckOrder, "poll");
  expect(heard.map((receipt) => receipt.subject_id)).toEqual([walnutOrder, truckOrder]);
});

test("without a network they wait, keep their times, survive the page's end and go out together", async () => {
  trouble = new UnreachableError("network");
  const receipts = open();
  await receipts.note("device_received", walnutOrder, "socket");
  time.now += 60_000;
  await receipts.note("displayed", walnutOrder);
  trouble = null;
  requests = 0;
  await open().send();
  expect([requests, heard.map((receipt) => receipt.at)]).toEqual([1, ["2026-11-20T18:12:00.000Z", "2026-11-20T18:13:00.000Z"]]);
  await open().send();
  expect(requests).toBe(1);
});

test("what the server will never read does not hold back what comes after", async () => {
  trouble = new ProblemError(422, null, null);
  await open().note("device_received", walnutOrder, "socket");
  trouble = null;
  await open().note("device_received", truckOrder, "socket");
  expect(heard.map((receipt) => receipt.subject_id)).toEqual([truckOrder]);
});

test("a phone that was away for long tells fifty at a time", async () => {
  trouble = new UnreachableError("network");
  const receipts = open();
  for (let index = 0; index < 120; index += 1) await receipts.note("device_received", `order-${index}`, "poll");
  trouble = null;
  requests = 0;
  await receipts.send();
  expect([requests, heard.length]).toEqual([3, 120]);
});
