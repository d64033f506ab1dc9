/** A database connection that survives its own death: reopened once, then said aloud (iOS drops connections under memory pressure). */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from "idb";

/** The phone's store is gone for this run; the page must say 请重开应用 and pretend nothing. */
export class StorageDeadError extends Error {
  override name = "StorageDeadError";
}
/** The phone is full: nothing was saved. */
export class StorageFullError extends Error {
  override name = "StorageFullError";
}

export interface ConnectionParts<Schema extends DBSchema> {
  name: string;
  version: number;
  upgrade: (database: IDBPDatabase<Schema>, from: number) => void;
  /** Told once when the store stays dead after reopening. */
  died?: () => void;
  /** Told when a newer page needs this one to let go of the store. */
  replaced?: () => void;
}

const deadly = new Set(["InvalidStateError", "UnknownError", "NotFoundError", "AbortError", "TransactionInactiveError"]);

export class Connection<Schema extends DBSchema> {
  private opening: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(private readonly parts: ConnectionParts<Schema>) {}

  /** Read from some stores in one transaction. `work` may run twice and must touch nothing else. */
  read<T, Names extends StoreNames<Schema>[]>(
    stores: Names, work: (transaction: IDBPTransaction<Schema, Names, "readonly">) => Promise<T>,
  ): Promise<T> {
    return this.attempt(async (database) => {
      const transaction = database.transaction(stores, "readonly");
      const [answer] = await Promise.all([work(transaction), transaction.done]);
      return answer;
    });
  }

  /** Write in one transaction; resolves only when the browser says it is on disk (strict durability). */
  write<T, Names extends StoreNames<Schema>[]>(
    stores: Names, work: (transaction: IDBPTransaction<Schema, Names, "readwrite">) => Promise<T>,
  ): Promise<T> {
    return this.attempt(async (database) => {
      const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
      const finished = transaction.done;
      finished.catch(() => undefined);
      let answer: T;
      try {
        answer = await work(transaction);
      } catch (error) {
        try {
          transaction.abort();
        } catch {
          // Already over.
        }
        // A bare AbortError only says that the transaction is gone; what failed first says why.
        const reason: unknown = await finished.then(() => null, (failure: unknown) => failure);
        throw reason instanceof Error && reason.name !== "AbortError" ? reason : error;
      }
      await finished;
      return answer;
    });
  }

  async close(): Promise<void> {
    const opening = this.opening;
    this.opening = null;
    (await opening?.catch(() => null))?.close();
  }

  private async attempt<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.open());
    } catch (error) {
      if (isFull(error)) throw new StorageFullError("storage is full", { cause: error });
      if (!isDeath(error)) throw error;
      await this.close();
    }
    try {
      return await work(await this.open());
    } catch (error) {
      if (isFull(error)) throw new StorageFullError("storage is full", { cause: error });
      if (!isDeath(error)) throw error;
      this.parts.died?.();
      throw new StorageDeadError("storage connection lost", { cause: error });
    }
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    this.opening ??= openDB<Schema>(this.parts.name, this.parts.version, {
      upgrade: (database, from) => this.parts.upgrade(database, from),
      blocking: () => {
        void this.close();
        this.parts.replaced?.();
      },
      terminated: () => (this.opening = null),
    }).catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}

/** A failure of the connection, not of what was asked of it. */
function isDeath(error: unknown): boolean {
  return error instanceof Error && (deadly.has(error.name) || /connection to indexed database server lost/i.test(error.message));
}
