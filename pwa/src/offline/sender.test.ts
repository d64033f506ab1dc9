/** Every answer a server, a proxy or a café network can give, and what becomes of 赵敏's taps. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ProblemError, UnreachableError } from "@/api/client";
import type { CommandEnvelope, CommandResult, Problem } from "@/api/types";
import { order, truckOrder, walnutOrder } from "@/testing/orders";
import { emptyPhone, enrolledPhone, type TestPhone } from "@/testing/phone";
import { Sender, type SenderParts, type SenderState } from "./sender";

type Sent = { command_id: string; type: string; subject_id: string; sequence: number };
type Server = (commands: Sent[]) => unknown;

let phone: TestPhone;
let requests: Sent[][];
let states: SenderState[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  emptyPhone();
  phone = await enrolledPhone();
  await phone.outbox.takeSnapshot([order(), order({ id: truckOrder })]);
  requests = [];
  states = [];
});
afterEach(() => vi.useRealTimers());

const result = (sent: Sent, kind: CommandResult["result"] = "applied", problem: Problem | null = null): CommandResult => ({
  command_id: sent.command_id, result: kind, subject_id: sent.subject_id, revision: 4, received_at: "2026-11-20T18:12:01.000Z",
  applied_at: kind === "applied" ? "2026-11-20T18:12:01.000Z" : null, problem,
});
const answer = (results: CommandResult[], epoch = "e1"): unknown => ({ epoch, server_time: "2026-11-20T18:12:01.000Z", results });
const takesAll: Server = (commands) => answer(commands.map((sent) => result(sent)));
const problem = (status: number, code = `${status}.1`): Problem => ({ status, code, zh: "不行", en: "No" });

/** A sender whose server answers as `servers` say, one after another, the last for ever. */
function sender(servers: Server[], parts: Partial<SenderParts> = {}): Sender {
  return new Sender({
    outbox: phone.outbox, exclusive: (work) => work(), now: () => phone.time.device, random: () => 0.5,
    isCurrentUser: async () => true, signInSilently: async () => false, told: (state) => states.push(state),
    post: async (envelopes: CommandEnvelope[]) => {
      const commands = envelopes.map((envelope) => JSON.parse(envelope.payload) as Sent);
      requests.push(commands);
      return servers[Math.min(requests.length, servers.length) - 1]!(commands);
    },
    ...parts,
  });
}
const refuses = (status: number, retryAfter: number | null = null): Server => () => {
  throw new ProblemError(status, problem(status), retryAfter);
};
const unreachable = (reason: "network" | "timeout" | "not_our_server"): Server => () => {
  throw new UnreachableError(reason);
};
const tap = (type: string, subject = walnutOrder, body: Record<string, unknown> = {}) =>
  phone.outbox.save({ type: `directive.${type}`, subject_id: subject, body });
const stateOf = async (): Promise<string[]> => (await phone.outbox.all()).map((command) => command.state);

describe("answers", () => {
  test("applied: the command has its receipt and is not sent again", async () => {
    await tap("accept");
    const sending = sender([takesAll]);
    await sending.kick();
    await sending.kick();
    expect(await stateOf()).toEqual(["receipted"]);
    expect(requests).toHaveLength(1);
    expect(states.at(-1)).toBe("idle");
  });

  test("superseded: a receipt too, the act is on record", async () => {
    await tap("complete");
    await sender([(commands) => answer([result(commands[0]!, "superseded")])]).kick();
    expect(await stateOf()).toEqual(["receipted"]);
  });

  test("rejected: shown to the officer, never dropped, and later acts still go", async () => {
    await tap("depart");
    await tap("arrive");
    await sender([(commands) => answer([result(commands[0]!, "rejected", problem(409)), result(commands[1]!)])]).kick();
    expect(await stateOf()).toEqual(["attention", "receipted"]);
    expect((await phone.outbox.all())[0]!.result!.problem!.zh).toBe("不行");
  });

  test("retry for one command keeps that one waiting and settles the other", async () => {
    await tap("accept");
    await tap("accept", truckOrder);
    await sender([(commands) => answer([result(commands[0]!, "retry"), result(commands[1]!)])]).kick();
    expect(await stateOf()).toEqual(["queued", "receipted"]);
  });

  test("an answer that forgets a command leaves it waiting", async () => {
    await tap("accept");
    await sender([() => answer([])]).kick();
    expect(await stateOf()).toEqual(["queued"]);
  });

  test.each([["network", unreachable("network")], ["timeout", unreachable("timeout")], ["a captive portal's page", unreachable("not_our_server")],
    ["a captive portal's JSON", () => ({ login: true })], ["408", refuses(408)], ["425", refuses(425)], ["429", refuses(429)],
    ["500", refuses(500)], ["502", refuses(502)], ["503", refuses(503)]] as [string, Server][],
  )("%s: nothing counts as sent; it goes by itself later", async (_name, server) => {
    await tap("accept");
    await sender([server, takesAll]).kick();
    expect((await phone.outbox.all()).map((command) => [command.state, command.strikes])).toEqual([["queued", 0]]);
    phone.time.device += 500;
    await vi.advanceTimersByTimeAsync(500);
    await vi.waitFor(async () => expect(await stateOf()).toEqual(["receipted"]));
    expect(requests).toHaveLength(2);
  });

  test("waits with full jitter from 1 s to 5 min", async () => {
    await tap("accept");
    const sending = sender([unreachable("network")]);
    const waits: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      await sending.kick();
      const { next_try_at } = (await phone.outbox.all())[0]!;
      waits.push(next_try_at - phone.time.device);
      phone.time.device = next_try_at;
    }
    sending.stop();
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 150000, 150000, 150000]);
  });

  test("honours Retry-After when it is longer than its own pause", async () => {
    await tap("accept");
    const sending = sender([refuses(429, 90)]);
    await sending.kick();
    sending.stop();
    expect((await phone.outbox.all())[0]!.next_try_at - phone.time.device).toBe(90_000);
  });

  test.each([409, 422])("%i for the request: the command waits in 需处理 with the server's words", async (status) => {
    await tap("accept");
    await sender([refuses(status)]).kick();
    expect(await stateOf()).toEqual(["attention"]);
  });

  test.each([400, 403, 404, 413, 418])("%i: given up only after three tries, and kept for export", async (status) => {
    await tap("accept");
    const sending = sender([refuses(status)]);
    const seen: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      await sending.kick();
      seen.push((await stateOf())[0]!);
      phone.time.device += 600_000;
    }
    sending.stop();
    expect(seen).toEqual(["queued", "queued", "dead", "dead"]);
    expect(requests).toHaveLength(3);
  });

  test("one unacceptable command does not take the others down with it", async () => {
    await tap("note", walnutOrder, { text: "poison" });
    await tap("accept", truckOrder);
    await tap("depart", truckOrder);
    const server: Server = (commands) => {
      if (commands.some((sent) => sent.sequence === 1)) throw new ProblemError(422, problem(422), null);
      return takesAll(commands);
    };
    await sender([server]).kick();
    expect(await stateOf()).toEqual(["attention", "receipted", "receipted"]);
  });
});

describe("who is signed in", () => {
  test("401: signs in with the device key, without asking, and goes on", async () => {
    await tap("accept");
    await sender([refuses(401), takesAll], { signInSilently: async () => true }).kick();
    expect(await stateOf()).toEqual(["receipted"]);
  });

  test("401 and the phone is refused: everything is kept and the officer is asked", async () => {
    await tap("accept");
    await sender([refuses(401)]).kick();
    expect([await stateOf(), states.at(-1), requests.length]).toEqual([["queued"], "sign_in_needed", 1]);
  });

  test("401 again right after signing in does not go round in circles", async () => {
    await tap("accept");
    await sender([refuses(401)], { signInSilently: async () => true }).kick();
    expect([await stateOf(), states.at(-1), requests.length]).toEqual([["queued"], "sign_in_needed", 2]);
  });

  test("401 and then no network for signing in: kept, tried later", async () => {
    await tap("accept");
    const signInSilently = async (): Promise<boolean> => {
      throw new UnreachableError("network");
    };
    const sending = sender([refuses(401)], { signInSilently });
    await sending.kick();
    sending.stop();
    expect([await stateOf(), states.at(-1)]).toEqual([["queued"], "waiting"]);
  });

  test("another officer is signed in on this phone: nothing is sent under the other name", async () => {
    await tap("accept");
    await sender([takesAll], { isCurrentUser: async () => false }).kick();
    expect([await stateOf(), requests.length, states.at(-1)]).toEqual([["queued"], 0, "other_user"]);
  });
});

describe("order and size", () => {
  test("acts of one order go in the order they were tapped", async () => {
    for (const type of ["accept", "depart", "arrive"]) await tap(type);
    await sender([takesAll]).kick();
    expect(requests.flat().map((sent) => sent.type)).toEqual(["directive.accept", "directive.depart", "directive.arrive"]);
  });

  test("an act that must wait holds back its own order, not the other one", async () => {
    await tap("accept");
    const sending = sender([(commands) => answer([result(commands[0]!, "retry")]), takesAll]);
    await sending.kick();
    await tap("depart");
    await tap("accept", truckOrder);
    await sending.kick();
    sending.stop();
    expect(requests[1]!.map((sent) => sent.subject_id)).toEqual([truckOrder]);
    expect(await stateOf()).toEqual(["queued", "queued", "receipted"]);
  });

  test("no request has more than 50 commands or 64 KB", async () => {
    for (let number = 0; number < 60; number += 1) await tap("note", walnutOrder, { text: "核".repeat(number < 30 ? 900 : 1) });
    const sizes: number[] = [];
    const post = async (envelopes: CommandEnvelope[]): Promise<unknown> => {
      sizes.push(new TextEncoder().encode(JSON.stringify({ commands: envelopes })).length);
      const commands = envelopes.map((envelope) => JSON.parse(envelope.payload) as Sent);
      requests.push(commands);
      return takesAll(commands);
    };
    await sender([], { post }).kick();
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
    expect(Math.max(...requests.map((request) => request.length))).toBeLessThanOrEqual(50);
    expect(requests.flat().map((sent) => sent.sequence)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  test("a tap made while a request is under way is sent without waiting for another trigger", async () => {
    await tap("accept");
    let sending: Sender | null = null;
    const server: Server = (commands) => takesAll(commands);
    const late: Server = (commands) => server(commands);
    sending = sender([late], {
      exclusive: async (work) => {
        const done = await work();
        if (requests.length === 1) {
          await tap("depart");
          void sending!.kick();
        }
        return done;
      },
    });
    await sending.kick();
    expect(await stateOf()).toEqual(["receipted", "receipted"]);
  });

  test("kickFresh tries at once what waits for a far later time", async () => {
    await tap("accept");
    const sending = sender([unreachable("network"), takesAll]);
    await sending.kick();
    await sending.kickFresh();
    expect(await stateOf()).toEqual(["receipted"]);
  });
});

describe("a restored server", () => {
  test("commands receipted by the old epoch are offered again, byte for byte, and the screen starts afresh", async () => {
    await tap("accept");
    const epochChanged = vi.fn();
    const sending = sender([takesAll, (commands) => answer(commands.map((sent) => result(sent)), "e2")], { epochChanged });
    await sending.kick();
    const first = (await phone.outbox.all())[0]!.payload;
    await tap("depart");
    await sending.kick();
    expect(requests.map((request) => request.map((sent) => sent.sequence))).toEqual([[1], [2], [1]]);
    expect((await phone.outbox.all())[0]!.payload).toBe(first);
    expect(epochChanged).toHaveBeenCalledOnce();
    expect((await phone.outbox.all()).map((command) => command.receipt_epoch)).toEqual(["e2", "e2"]);
  });
});
