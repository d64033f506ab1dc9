/** The store's connection dies (iOS under memory pressure): reopened once, and never a pretended save. */
import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { emptyPhone, enrolledPhone } from "@/testing/phone";
import { order, walnutOrder, zhaoMin } from "@/testing/orders";
import { StorageDeadError, StorageFullError } from "./connection";
import { upgradeSteps, type OfflineSchema, type StoredCommand } from "./schema";
import { userStore } from "./user_store";

beforeEach(emptyPhone);
const accept = { type: "directive.accept", subject_id: walnutOrder, body: {} };
const dying = (name: string): never => {
  throw new DOMException("Connection to Indexed Database server lost. Refresh the page to try again", name);
};

describe("a connection that dies", () => {
  test("is opened again once, and the tap is saved", async () => {
    const phone = await enrolledPhone();
    await phone.outbox.takeSnapshot([order()]);
    const alive = IDBDatabase.prototype.transaction;
    const lost: IDBDatabase[] = [];
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (this: IDBDatabase, ...stores) {
      if (stores[1] === "readwrite" && lost.length === 0) lost.push(this);
      return lost.includes(this) ? dying("UnknownError") : alive.apply(this, stores);
    });
    await phone.outbox.save(accept);
    expect(lost).toHaveLength(1);
    expect(await phone.outbox.queued()).toHaveLength(1);
  });

  test("and dies again is said aloud: the save fails and the page is told", async () => {
    const died = vi.fn();
    const store = userStore(zhaoMin.id, { died });
    await store.read(["meta"], (transaction) => transaction.objectStore("meta").get("x"));
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => dying("InvalidStateError"));
    vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => dying("UnknownError"));
    await expect(store.write(["meta"], (transaction) => transaction.objectStore("meta").put(1, "x"))).rejects.toThrow(StorageDeadError);
    expect(died).toHaveBeenCalledOnce();
  });

  test("while it writes leaves either the whole act or nothing of it", async () => {
    const phone = await enrolledPhone();
    await phone.outbox.takeSnapshot([order()]);
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(() => dying("UnknownError"));
    const saved = await phone.outbox.save(accept);
    expect(saved.sequence).toBe(1);
    expect((await phone.outbox.all()).map((command) => command.sequence)).toEqual([1]);
    expect((await phone.outbox.orders())[0]!.members[0]!.answer).toBe("accepted");
  });
});

test("a full phone fails the save with a reason and keeps what was there", async () => {
  const phone = await enrolledPhone();
  await phone.outbox.takeSnapshot([order()]);
  await phone.outbox.save(accept);
  const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await expect(phone.outbox.save({ ...accept, type: "directive.depart" })).rejects.toThrow(StorageFullError);
  full.mockRestore();
  expect((await phone.outbox.all()).map((command) => command.type)).toEqual(["directive.accept"]);
});

test("every older version of the store is brought up with what waits to be sent untouched", async () => {
  const waiting = { command_id: "c1", sequence: 1, state: "queued", payload: "{}", signature: "s" } as StoredCommand;
  for (let version = 1; version <= upgradeSteps.length; version += 1) {
    const user = `officer-of-version-${version}`;
    const old = await openDB<OfflineSchema>(`lingda-user-${user}`, version, {
      upgrade: (database) => upgradeSteps.slice(0, version).forEach((step) => step(database)),
    });
    await old.put("commands", waiting);
    old.close();
    const store = userStore(user);
    const kept = await store.read(["commands"], (transaction) => transaction.objectStore("commands").getAll());
    expect(kept, `version ${version}`).toEqual([waiting]);
  }
});

test("two officers on one phone never see each other's store", async () => {
  const hers = userStore("zhao-min");
  await hers.write(["meta"], (transaction) => transaction.objectStore("meta").put(7, "sequence"));
  const his = await userStore("li-qiang").read(["meta"], (transaction) => transaction.objectStore("meta").get("sequence"));
  expect(his).toBeUndefined();
});
