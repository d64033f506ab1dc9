/** A defect of the server (500.1): the act stays, others pass it, and after the fifth time 赵敏 is told. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ProblemError } from "@/api/client";
import type { CommandEnvelope, Problem } from "@/api/types";
import { order, truckOrder, walnutOrder } from "@/testing/orders";
import { emptyPhone, enrolledPhone, type TestPhone } from "@/testing/phone";
import { alone } from "./export";
import { isStuck } from "./outcomes";
import { Sender } from "./sender";

type Sent = { command_id: string; subject_id: string; type: string };
let phone: TestPhone;
let requests: Sent[][];
const defect: Problem = { status: 500, code: "500.1", zh: "服务器出错", en: "The server failed" };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  emptyPhone();
  phone = await enrolledPhone();
  await phone.outbox.takeSnapshot([order(), order({ id: truckOrder })]);
  requests = [];
});
afterEach(() => vi.useRealTimers());

const applied = ({ command_id, subject_id }: Sent) => ({
  command_id, subject_id, result: "applied", revision: 4, received_at: "2026-11-20T18:12:01.000Z", applied_at: "2026-11-20T18:12:01.000Z", problem: null,
});
/** A server that fails for the acts of one order: for each alone, or for every request that carries one. */
function serverWith(whole: boolean): (envelopes: CommandEnvelope[]) => Promise<unknown> {
  return async (envelopes) => {
    const commands = envelopes.map((envelope) => JSON.parse(envelope.payload) as Sent);
    requests.push(commands);
    const fails = (sent: Sent): boolean => sent.subject_id === walnutOrder;
    if (whole && commands.some(fails)) throw new ProblemError(500, defect, null);
    return { epoch: "e1", server_time: "2026-11-20T18:12:01.000Z", results: commands.map((sent) => (fails(sent) ? { ...applied(sent), result: "retry", problem: defect } : applied(sent))) };
  };
}
function sender(whole = false): Sender {
  return new Sender({
    outbox: phone.outbox, exclusive: (work) => work(), now: () => phone.time.device, random: () => 0.5,
    isCurrentUser: async () => true, signInSilently: async () => false, post: serverWith(whole),
  });
}
const tap = (type: string, subject: string) => phone.outbox.save({ type: `directive.${type}`, subject_id: subject, body: {} });
const standing = async (): Promise<[string, string][]> => (await phone.outbox.all()).map((command) => [command.subject_id, command.state]);

/** Try as often as the pauses allow; answers the pauses (ms). */
async function tries(sending: Sender, count: number): Promise<number[]> {
  const pauses: number[] = [];
  for (let round = 0; round < count; round += 1) {
    await sending.kick();
    const next = (await phone.outbox.all())[0]!.next_try_at;
    pauses.push(next - phone.time.device);
    phone.time.device = next;
  }
  sending.stop();
  return pauses;
}

describe.each([["in the answer to one act", false], ["as the answer to the whole request", true]])("a defect %s", (_where, whole) => {
  test("the acts of the other order arrive, those behind it wait in their order", async () => {
    await tap("accept", walnutOrder);
    await tap("depart", walnutOrder);
    await tap("accept", truckOrder);
    const sending = sender(whole);
    await sending.kick();
    sending.stop();
    expect(await standing()).toEqual([[walnutOrder, "queued"], [walnutOrder, "queued"], [truckOrder, "receipted"]]);
    await tap("depart", truckOrder);
    const later = sender(whole);
    await later.kick();
    later.stop();
    expect((await standing()).at(-1)).toEqual([truckOrder, "receipted"]);
  });

  test("is tried ever more slowly, shown from the fifth time on, and then tried every five minutes for ever", async () => {
    await tap("accept", walnutOrder);
    expect(await tries(sender(whole), 4)).toEqual([500, 1000, 2000, 4000]);
    expect((await phone.outbox.all()).map(isStuck)).toEqual([false]);
    expect(await tries(sender(whole), 3)).toEqual([300_000, 300_000, 300_000]);
    const [command] = await phone.outbox.all();
    expect([isStuck(command!), command!.state, command!.faults]).toEqual([true, "queued", 7]);
  });
});

test("an act that stuck goes through once the server is repaired, and is stuck no more", async () => {
  await tap("accept", walnutOrder);
  await tries(sender(), 5);
  const repaired = new Sender({
    outbox: phone.outbox, exclusive: (work) => work(), now: () => phone.time.device, random: () => 0.5, isCurrentUser: async () => true, signInSilently: async () => false,
    post: async (envelopes) => ({ epoch: "e1", results: envelopes.map((envelope) => applied(JSON.parse(envelope.payload) as Sent)) }),
  });
  await repaired.kickFresh();
  expect((await phone.outbox.all()).map((command) => [command.state, isStuck(command)])).toEqual([["receipted", false]]);
});

test("one act can be handed over alone, with its exact text and signature", async () => {
  const stuck = await tap("accept", walnutOrder);
  await tap("accept", truckOrder);
  const file = alone(stuck, "zhao-min", phone.time.device);
  expect(file.commands.map(({ payload, signature }) => [payload, signature])).toEqual([[stuck.payload, stuck.signature]]);
});
