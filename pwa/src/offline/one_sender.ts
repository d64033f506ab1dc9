/** One sender at a time on a phone, however many tabs are open: the browser's locks, or a lease in the store without them. */
import type { UserStore } from "./user_store";

export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

interface Lease { holder: string; until: number }

/** By `navigator.locks`: waits its turn, then runs. */
export function byLocks(name: string, locks: LockManager): Exclusive {
  return <T>(work: () => Promise<T>) => locks.request(name, work) as Promise<T>;
}

export interface LeaseParts {
  store: UserStore;
  /** Names this tab. */
  holder: string;
  /** Where the lease is kept; the outbox's own when not said. */
  lease?: string;
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
}
const leaseTime = 30_000;
const askAgain = 2_000;

/** By a lease of 30 s, renewed while the work runs; a tab that died gives way when its lease runs out. */
export function byLease({ store, holder, now, wait, lease: name = "sender_lease" }: LeaseParts): Exclusive {
  const take = (): Promise<boolean> =>
    store.write(["meta"], async (transaction) => {
      const meta = transaction.objectStore("meta");
      const lease = (await meta.get(name)) as Lease | undefined;
      if (lease && lease.holder !== holder && lease.until > now()) return false;
      await meta.put({ holder, until: now() + leaseTime } satisfies Lease, name);
      return true;
    });
  const release = (): Promise<void> =>
    store.write(["meta"], async (transaction) => {
      const meta = transaction.objectStore("meta");
      const lease = (await meta.get(name)) as Lease | undefined;
      if (lease?.holder === holder) await meta.delete(name);
    });
  return async <T>(work: () => Promise<T>) => {
    while (!(await take())) await wait(askAgain);
    const renewal = setInterval(() => void take().catch(() => undefined), leaseTime / 3);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
      await release();
    }
  };
}

/** The best way this browser has. */
export function exclusiveSender(name: string, lease: LeaseParts): Exclusive {
  return typeof navigator !== "undefined" && navigator.locks ? byLocks(name, navigator.locks) : byLease(lease);
}
