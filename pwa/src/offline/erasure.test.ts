/** The duty PC keeps who called only until the server has it; what an officer signed on a phone stays for its 72 hours. */
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import type { CommandResult } from "@/api/types";
import { nightOfTheWalnuts, emptyPhone, enrolledPhone } from "@/testing/phone";
import { walnutOrder } from "@/testing/orders";
import { Outbox } from "./outbox";
import type { StoredCommand } from "./schema";
import { userStore, type UserStore } from "./user_store";

const lead = "0193b0a4-0000-7000-8000-000000000999";
const call = { content: "核桃正在装车", reporter: { name: "邻居何某", phone: "139 0000 0000" } };
const hour = 3_600_000;
let store: UserStore;
let desk: Outbox;

beforeEach(() => {
  emptyPhone();
  store = userStore("desk-duty");
  desk = new Outbox({
    store, me: { id: "duty", name: "孙刚" }, identity: async () => ({ device_id: "desk-1", keys: null }),
    moment: () => ({ estimate: nightOfTheWalnuts, device: nightOfTheWalnuts, uncertainty: 40 }),
  });
});

const register = (): Promise<StoredCommand> => desk.save({ type: "lead.register", subject_id: lead, body: call });
const answer = (command: StoredCommand, result: CommandResult["result"] = "applied"): CommandResult => ({
  command_id: command.command_id, result, subject_id: command.subject_id, revision: 1, received_at: "2026-11-20T18:12:01.000Z",
  applied_at: null, problem: result === "rejected" ? { status: 422, code: "422.1", zh: "不行", en: "No" } : null,
});
/** Everything the desk's store holds, as text. */
const onDisk = async (): Promise<string> => JSON.stringify(await store.read(["commands", "meta"], async (transaction) => [
  await transaction.objectStore("commands").getAll(), await transaction.objectStore("meta").getAll()]));

describe("a registration of the duty desk", () => {
  test("leaves ids, time and kind on the PC the moment its receipt is stored, and nothing of the call", async () => {
    const saved = await register();
    expect(await onDisk()).toContain("邻居何某");
    await desk.settle(saved, answer(saved), "e1", nightOfTheWalnuts);
    for (const word of ["邻居何某", "139 0000 0000", "核桃正在装车"]) expect(await onDisk()).not.toContain(word);
    const [kept] = await desk.all();
    expect([kept!.state, JSON.parse(kept!.payload)]).toEqual(["receipted", {
      schema: 1, command_id: saved.command_id, sequence: 1, type: "lead.register", subject_id: lead, made_at: "2026-11-20T18:12:00.000Z",
    }]);
  });

  test("keeps its words while it waits, and after a refusal until somebody has read that", async () => {
    const saved = await register();
    await desk.postpone([saved], () => 0, "network");
    expect(await onDisk()).toContain("邻居何某");
    await desk.settle(saved, answer(saved, "rejected"), "e1", nightOfTheWalnuts);
    expect(await onDisk()).toContain("邻居何某");
    await desk.handle(saved.command_id, nightOfTheWalnuts);
    expect(await onDisk()).not.toContain("邻居何某");
  });

  test("that was delivered before desks forgot is emptied at the next start, and goes after 72 hours", async () => {
    const saved = await register();
    await store.write(["commands"], (transaction) =>
      transaction.objectStore("commands").put({ ...saved, state: "receipted", receipt_epoch: "e1", settled_at: nightOfTheWalnuts }));
    expect(await desk.prune(nightOfTheWalnuts + hour)).toBe(0);
    expect(await onDisk()).not.toContain("邻居何某");
    expect(await desk.prune(nightOfTheWalnuts + 72 * hour)).toBe(1);
  });

  test("cannot be offered again to a restored server: a person is told which one may be gone, once", async () => {
    const saved = await register();
    await desk.settle(saved, answer(saved), "e1", nightOfTheWalnuts);
    expect(await desk.epochSeen("e1")).toBe(false);
    await desk.epochSeen("e2");
    const [told] = await desk.all();
    expect([told!.state, told!.result!.problem!.zh]).toEqual(["attention", "服务器从备份恢复过，2026-11-21 02:12 登记的一条可能已不在。请核对，没有时请重新登记"]);
    await desk.handle(saved.command_id, nightOfTheWalnuts);
    await desk.epochSeen("e3");
    expect((await desk.all())[0]!.handled_at).toBe(nightOfTheWalnuts);
  });

  test("that still waits is offered to the restored server as it is", async () => {
    const saved = await register();
    await desk.epochSeen("e1");
    await desk.epochSeen("e2");
    expect((await desk.queued()).map((command) => command.payload)).toEqual([saved.payload]);
  });
});

test("a phone's signed act keeps its exact text after the receipt, to be offered again", async () => {
  const phone = await enrolledPhone();
  const saved = await phone.outbox.save({ type: "directive.note", subject_id: walnutOrder, body: { text: "到路口" } });
  await phone.outbox.settle(saved, answer(saved), "e1", nightOfTheWalnuts);
  await phone.outbox.epochSeen("e2");
  expect((await phone.outbox.queued()).map((command) => command.payload)).toEqual([saved.payload]);
});
