/** An enrolled phone for tests: real store code over an in-memory IndexedDB, real signing, a clock the test moves. */
import { IDBFactory } from "fake-indexeddb";
import { DeviceIdentities, type Identity } from "@/offline/device_identity";
import { Outbox } from "@/offline/outbox";
import { userStore, type UserStore } from "@/offline/user_store";
import { zhaoMin } from "./orders";

export const nightOfTheWalnuts = Date.parse("2026-11-20T18:12:00.000Z");

export interface TestPhone { store: UserStore; outbox: Outbox; identities: DeviceIdentities; time: { device: number; offset: number } }

/** Forget every store of earlier tests. */
export function emptyPhone(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** 赵敏's enrolled phone; its device clock is at 02:12 Beijing time and exact unless the test says otherwise. */
export async function enrolledPhone(): Promise<TestPhone> {
  const time = { device: nightOfTheWalnuts, offset: 0 };
  const identities = new DeviceIdentities();
  const identity: Identity = {
    user_id: zhaoMin.id, account: "binchuan.officer1", name: zhaoMin.name, device_id: "0193b0a3-0000-7000-8000-00000000d001",
    enrolled_at: "2026-11-01T01:00:00.000Z", keys: await identities.pendingKeys(),
  };
  await identities.enrolled(identity);
  const store = userStore(zhaoMin.id);
  const outbox = new Outbox({
    store, me: zhaoMin, identity: () => identities.of(zhaoMin.id),
    moment: () => ({ estimate: time.device + time.offset, device: time.device, uncertainty: 40 }),
  });
  return { store, outbox, identities, time };
}
