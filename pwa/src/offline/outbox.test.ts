/** What 赵敏 taps is on her phone with its effect at once, and leaves it only long after the server's receipt. */
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import type { CommandResult } from "@/api/types";
import { clockRow, order, truckOrder, walnutOrder } from "@/testing/orders";
import { emptyPhone, enrolledPhone, type TestPhone } from "@/testing/phone";
import { NotEnrolledError, Outbox } from "./outbox";
import type { StoredCommand } from "./schema";
import { userStore } from "./user_store";

let phone: TestPhone;
beforeEach(async () => {
  emptyPhone();
  phone = await enrolledPhone();
  await phone.outbox.takeSnapshot([order(), order({ id: truckOrder, title: "祥云 货车" })]);
});

const hour = 3_600_000;
const accept = { type: "directive.accept", subject_id: walnutOrder, body: {} };
const shown = async (id = walnutOrder) => (await phone.outbox.orders()).find((candidate) => candidate.id === id)!;
const applied = (command: StoredCommand, revision: number | null = 4): CommandResult => ({
  command_id: command.command_id, result: "applied", subject_id: command.subject_id, revision,
  received_at: "2026-11-20T18:12:01.000Z", applied_at: "2026-11-20T18:12:01.000Z", problem: null,
});

describe("saving", () => {
  test("an accepted order shows as accepted from the moment the tap is stored", async () => {
    await phone.outbox.save(accept);
    expect((await shown()).members[0]!.answer).toBe("accepted");
    expect((await shown(truckOrder)).members[0]!.answer).toBe("pending");
  });

  test("survives a restart of the phone: command and effect are read back by a new connection", async () => {
    const saved = await phone.outbox.save(accept);
    await phone.store.close();
    const again = new Outbox({ store: userStore("0193b0a0-0000-7000-8000-000000000001"), me: { id: "x", name: "x" },
      identity: async () => undefined, moment: () => ({ estimate: 0, device: 0, uncertainty: null }) });
    expect((await again.all()).map((command) => command.command_id)).toEqual([saved.command_id]);
    expect((await again.orders()).find((candidate) => candidate.id === walnutOrder)!.members[0]!.answer).toBe("accepted");
  });

  test("numbers commands of this phone from 1 without gaps, even when two taps race", async () => {
    await Promise.all([phone.outbox.save(accept), phone.outbox.save({ ...accept, type: "directive.note", body: { text: "已上车" } }),
      phone.outbox.save({ ...accept, subject_id: truckOrder })]);
    expect((await phone.outbox.all()).map((command) => command.sequence)).toEqual([1, 2, 3]);
  });

  test("what is sent is the exact text that was signed by the key of this phone", async () => {
    const { payload, signature } = await phone.outbox.save(accept);
    const identity = (await phone.identities.of("0193b0a0-0000-7000-8000-000000000001"))!;
    const raw = Uint8Array.from(atob(signature!.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    expect(raw).toHaveLength(64);
    expect(await crypto.subtle.verify(algorithm, identity.keys!.publicKey, raw, new TextEncoder().encode(payload))).toBe(true);
    expect(identity.keys!.privateKey.extractable).toBe(false);
  });

  test("stamps the server-corrected time, the device time and how sure it is, whatever the device clock says", async () => {
    phone.time.device += 7 * 60_000;
    phone.time.offset = -7 * 60_000;
    const { payload } = await phone.outbox.save({ ...accept, position: { longitude: 100.57, latitude: 25.82, accuracy_m: 9, fixed_at: "2026-11-20T18:11:58.000Z" } });
    expect(JSON.parse(payload)).toMatchObject({
      schema: 1, sequence: 1, type: "directive.accept", subject_id: walnutOrder, base_revision: 3, body: {}, uncertainty_ms: 40,
      made_at: "2026-11-20T18:12:00.000Z", made_at_device: "2026-11-20T18:19:00.000Z", position: { accuracy_m: 9 },
    });
  });

  test("says so, and stores nothing, on a phone that is not enrolled", async () => {
    const stranger = new Outbox({ store: phone.store, me: { id: "x", name: "x" }, identity: async () => undefined,
      moment: () => ({ estimate: 0, device: 0, uncertainty: null }) });
    await expect(stranger.save(accept)).rejects.toThrow(NotEnrolledError);
    expect(await phone.outbox.all()).toEqual([]);
  });
});

describe("the server's word and the officer's own acts", () => {
  test("an older state of the order that arrives late does not undo a tap that waits", async () => {
    await phone.outbox.save(accept);
    await phone.outbox.takeDirective(order({ revision: 5, title: "金牛镇 仓库（更正）" }));
    const now = await shown();
    expect([now.title, now.members[0]!.answer]).toEqual(["金牛镇 仓库（更正）", "accepted"]);
  });

  test("an event older than what is known is ignored", async () => {
    await phone.outbox.takeDirective(order({ revision: 9, state: "withdrawn" }));
    await phone.outbox.takeDirective(order({ revision: 8, state: "delivered" }));
    expect((await shown()).state).toBe("withdrawn");
  });

  test("between the receipt and the event that carries the new revision the tap stays visible", async () => {
    const command = await phone.outbox.save(accept);
    await phone.outbox.settle(command, applied(command, 4), "e1", phone.time.device);
    expect((await shown()).members[0]!.answer).toBe("accepted");
    await phone.outbox.takeDirective(order({ revision: 4, state: "withdrawn" }));
    expect((await shown()).members[0]!.answer).toBe("pending");
  });

  test("a refused act no longer shows as done, and waits in 需处理", async () => {
    const command = await phone.outbox.save(accept);
    await phone.outbox.settle(command, { ...applied(command), result: "rejected" }, "e1", phone.time.device);
    expect((await shown()).members[0]!.answer).toBe("pending");
    expect((await phone.outbox.all())[0]!.state).toBe("attention");
  });

  test("a clock that the worker found late is late in the order that shows it, and in no other", async () => {
    const lead = clockRow({ id: "c4-of-the-lead", clock: "C4", subject_kind: "lead", subject_id: "the-lead" });
    await phone.outbox.takeDirective(order({ clocks: [lead, clockRow()] }));
    await phone.outbox.takeClock({ ...lead, state: "breached" });
    expect((await shown()).clocks.map((row) => row.state)).toEqual(["breached", "running"]);
    expect((await shown(truckOrder)).clocks.map((row) => row.state)).toEqual(["running"]);
  });

  test("an order the server no longer shows stays while an act of this phone waits for it", async () => {
    await phone.outbox.save(accept);
    await phone.outbox.takeSnapshot([]);
    expect((await phone.outbox.orders()).map((candidate) => candidate.id)).toEqual([walnutOrder]);
  });
});

describe("keeping and deleting", () => {
  test("a receipted command is kept 72 hours and then goes; a waiting one never goes", async () => {
    const sent = await phone.outbox.save(accept);
    await phone.outbox.save({ ...accept, subject_id: truckOrder });
    await phone.outbox.settle(sent, applied(sent), "e1", phone.time.device);
    expect(await phone.outbox.prune(phone.time.device + 72 * hour - 1)).toBe(0);
    expect(await phone.outbox.prune(phone.time.device + 72 * hour)).toBe(1);
    expect(await phone.outbox.prune(phone.time.device + 9_000 * hour)).toBe(0);
    expect((await phone.outbox.all()).map((command) => command.subject_id)).toEqual([truckOrder]);
  });

  test("a refused command goes only after the officer put it aside, a dead one never", async () => {
    const refused = await phone.outbox.save(accept);
    await phone.outbox.settle(refused, { ...applied(refused), result: "rejected" }, "e1", phone.time.device);
    const dead = await phone.outbox.save({ ...accept, subject_id: truckOrder });
    for (const strikes of [0, 1, 2]) await phone.outbox.strike({ ...dead, strikes }, 0, "HTTP 418");
    await phone.outbox.handle(dead.command_id, phone.time.device);
    expect(await phone.outbox.prune(phone.time.device + 100 * hour)).toBe(0);
    await phone.outbox.handle(refused.command_id, phone.time.device);
    expect(await phone.outbox.prune(phone.time.device + 100 * hour)).toBe(1);
    expect((await phone.outbox.all()).map((command) => command.state)).toEqual(["dead"]);
  });

  test("a server restored from a backup has a new epoch and is offered again what it had receipted", async () => {
    const old = await phone.outbox.save(accept);
    expect(await phone.outbox.epochSeen("e1")).toBe(false);
    await phone.outbox.settle(old, applied(old), "e1", phone.time.device);
    expect(await phone.outbox.epochSeen("e1")).toBe(false);
    expect(await phone.outbox.queued()).toEqual([]);
    expect(await phone.outbox.epochSeen("e2")).toBe(true);
    const [offered] = await phone.outbox.queued();
    expect([offered!.command_id, offered!.payload]).toEqual([old.command_id, old.payload]);
  });
});
