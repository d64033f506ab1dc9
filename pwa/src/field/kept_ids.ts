/** Orders the officer has silenced, or read that they were called off: kept on the phone over restarts. */
import type { UserStore } from "@/offline/user_store";
import { phone } from "./state";

type Kept = "silenced" | "noticed";

/** Write what `phone` holds. */
export function keepIds(store: UserStore, name: Kept): Promise<unknown> {
  return store.write(["meta"], (transaction) => transaction.objectStore("meta").put([...phone[name]], name));
}

/** Read what was kept; nothing when nothing was. */
export async function keptIds(store: UserStore, name: Kept): Promise<Set<string>> {
  const kept = await store.read(["meta"], (transaction) => transaction.objectStore("meta").get(name));
  return new Set(Array.isArray(kept) ? (kept as string[]) : []);
}
