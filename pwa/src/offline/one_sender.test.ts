/** However many tabs are open, one sends at a time: by the browser's locks, or by a lease where they are missing. */
import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { emptyPhone } from "@/testing/phone";
import { byLease, byLocks } from "./one_sender";
import { userStore } from "./user_store";

beforeEach(emptyPhone);

/** A tab with its lease; `clock` is the device's, waiting moves it. */
function tab(holder: string, clock: { now: number }, waits: number[] = []) {
  return byLease({
    store: userStore("zhao-min"), holder, now: () => clock.now,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      clock.now += milliseconds;
    },
  });
}

test("a second tab waits until the first has finished", async () => {
  const clock = { now: 1_000 };
  const order: string[] = [];
  let finish = (): void => undefined;
  const first = tab("tab-1", clock)(async () => {
    order.push("first begins");
    await new Promise<void>((resolve) => (finish = resolve));
    order.push("first ends");
  });
  while (order.length === 0) await new Promise(setImmediate);
  const second = byLease({
    store: userStore("zhao-min"), holder: "tab-2", now: () => clock.now,
    wait: async () => {
      finish();
      await first;
    },
  })(async () => void order.push("second begins"));
  await Promise.all([first, second]);
  expect(order).toEqual(["first begins", "first ends", "second begins"]);
});

test("a tab that died with the lease gives way after 30 s", async () => {
  const clock = { now: 1_000 };
  await userStore("zhao-min").write(["meta"], (transaction) =>
    transaction.objectStore("meta").put({ holder: "dead tab", until: clock.now + 30_000 }, "sender_lease"));
  const waits: number[] = [];
  await tab("tab-2", clock, waits)(async () => undefined);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(30_000);
  expect(waits.length).toBeLessThan(20);
});

test("work that fails still gives the lease back", async () => {
  const clock = { now: 1_000 };
  const failing = tab("tab-1", clock)(async () => {
    throw new Error("no network");
  });
  await expect(failing).rejects.toThrow("no network");
  const waits: number[] = [];
  await tab("tab-2", clock, waits)(async () => undefined);
  expect(waits).toEqual([]);
});

test("with locks the work runs under the lock of that name", async () => {
  const asked: string[] = [];
  const locks = { request: async (name: string, work: () => Promise<unknown>) => (asked.push(name), work()) } as unknown as LockManager;
  expect(await byLocks("lingda-outbox-zhao-min", locks)(async () => "sent")).toBe("sent");
  expect(asked).toEqual(["lingda-outbox-zhao-min"]);
});
