/** Fixes waiting on the phone: the newest 20 000; a longer time out of contact loses its oldest positions first. */
import type { Fix } from "@/api/types";
import type { StoredFix } from "@/offline/schema";
import type { UserStore } from "@/offline/user_store";

export const fixCapacity = 20_000;

export class FixBuffer {
  constructor(private readonly store: UserStore, private readonly capacity = fixCapacity) {}

  async add(fix: Fix): Promise<void> {
    await this.store.write(["fixes"], async (transaction) => {
      const fixes = transaction.objectStore("fixes");
      await fixes.add(fix);
      const excess = (await fixes.count()) - this.capacity;
      for (let cursor = excess > 0 ? await fixes.openCursor() : null, gone = 0; cursor && gone < excess; gone += 1) {
        await cursor.delete();
        cursor = await cursor.continue();
      }
    });
  }

  /** The oldest fixes, at most `limit`. */
  oldest(limit: number): Promise<StoredFix[]> {
    return this.store.read(["fixes"], (transaction) => transaction.objectStore("fixes").getAll(null, limit));
  }

  /** The newest fixes, at most `limit`, the oldest of them first. */
  newest(limit: number): Promise<StoredFix[]> {
    return this.store.read(["fixes"], async (transaction) => {
      const found: StoredFix[] = [];
      for (let cursor = await transaction.objectStore("fixes").openCursor(null, "prev"); cursor && found.length < limit; cursor = await cursor.continue()) {
        found.unshift({ ...cursor.value, key: cursor.key });
      }
      return found;
    });
  }

  async remove(fixes: StoredFix[]): Promise<void> {
    await this.store.write(["fixes"], async (transaction) => {
      for (const fix of fixes) if (fix.key !== undefined) await transaction.objectStore("fixes").delete(fix.key);
    });
  }

  count(): Promise<number> {
    return this.store.read(["fixes"], (transaction) => transaction.objectStore("fixes").count());
  }
}
