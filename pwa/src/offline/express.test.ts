/** A call for help passes everything: what is queued, what is on its way, what waits out a failure; and comes once. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UnreachableError } from "@/api/client";
import type { CommandEnvelope } from "@/api/types";
import { expressRetry, isExpress, isOrdinary } from "@/field/sos/lane";
import { order, walnutOrder } from "@/testing/orders";
import { emptyPhone, enrolledPhone, type TestPhone } from "@/testing/phone";
import { Sender, type SenderParts } from "./sender";

interface Sent { command_id: string; type: string; subject_id: string }
let phone: TestPhone;
let requests: string[][];
let reachable: boolean;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  emptyPhone();
  phone = await enrolledPhone();
  await phone.outbox.takeSnapshot([order()]);
  requests = [];
  reachable = true;
});
afterEach(() => vi.useRealTimers());

const answerAll = (sent: Sent[]): unknown => ({
  epoch: "e1", server_time: "2026-11-20T18:12:01.000Z",
  results: sent.map(({ command_id, subject_id }) => ({
    command_id, result: "applied", subject_id, revision: 1, received_at: "2026-11-20T18:12:01.000Z", applied_at: "2026-11-20T18:12:01.000Z", problem: null,
  })),
});
const sender = (parts: Partial<SenderParts>): Sender => new Sender({
  outbox: phone.outbox, exclusive: (work) => work(), now: () => phone.time.device, random: () => 1, isCurrentUser: async () => true,
  signInSilently: async () => false,
  post: async (envelopes: CommandEnvelope[]) => {
    const sent = envelopes.map((envelope) => JSON.parse(envelope.payload) as Sent);
    requests.push(sent.map((one) => one.type));
    if (!reachable) throw new UnreachableError("network");
    return answerAll(sent);
  },
  ...parts,
});
const tap = (): Promise<unknown> => phone.outbox.save({ type: "directive.accept", subject_id: walnutOrder, body: {} });
const press = (): Promise<unknown> => phone.outbox.save({ type: "sos.raise", subject_id: "0193b0a3-0000-7000-8000-00000000e001", body: { drill: false }, battery_percent: 12 });

test("it goes in a request of its own while an ordinary one hangs", async () => {
  let release = (): void => undefined;
  const ordinary = sender({
    lane: isOrdinary,
    post: (envelopes) => new Promise((resolve) => {
      const sent = envelopes.map((envelope) => JSON.parse(envelope.payload) as Sent);
      requests.push(sent.map((one) => one.type));
      release = () => resolve(answerAll(sent));
    }),
  });
  const express = sender({ lane: isExpress, retry: expressRetry });
  await tap();
  const hanging = ordinary.kick();
  await vi.waitFor(() => expect(requests).toEqual([["directive.accept"]]));
  await press();
  await express.kickFresh();
  expect(requests).toEqual([["directive.accept"], ["sos.raise"]]);
  release();
  await hanging;
  await ordinary.kick();
  expect(requests).toHaveLength(2);
  expect((await phone.outbox.all()).map((command) => command.state)).toEqual(["receipted", "receipted"]);
});

test("it does not wait out the pause of an ordinary failure, nor five minutes of its own", async () => {
  const ordinary = sender({ lane: isOrdinary });
  const express = sender({ lane: isExpress, retry: expressRetry });
  reachable = false;
  for (let count = 0; count < 10; count += 1) await tap();
  for (let count = 0; count < 10; count += 1) await ordinary.kickFresh();
  requests.length = 0;
  await press();
  for (let count = 0; count < 10; count += 1) await express.kickFresh();
  expect(requests).toEqual(Array.from({ length: 10 }, () => ["sos.raise"]));
  const waiting = (await phone.outbox.queued()).find(isExpress)!;
  expect(waiting.next_try_at - phone.time.device).toBeLessThanOrEqual(expressRetry.most);
  const ordinaryWaits = (await phone.outbox.queued()).filter(isOrdinary).map((command) => command.attempts);
  expect(new Set(ordinaryWaits), "the express lane leaves the others' pauses alone").toEqual(new Set([10]));
  reachable = true;
  phone.time.device = waiting.next_try_at;
  await express.kick();
  expect((await phone.outbox.all()).filter(isExpress).map((command) => command.state)).toEqual(["receipted"]);
});

test("position and battery stand in the envelope", async () => {
  await press();
  const [command] = await phone.outbox.all();
  expect(JSON.parse(command!.payload)).toMatchObject({ type: "sos.raise", battery_percent: 12, body: { drill: false }, position: null });
});
