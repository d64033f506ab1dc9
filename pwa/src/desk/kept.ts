/** What a desk keeps on its own disk for one user: the last picture and half-written forms; emptied at sign-out. */
import type { DBSchema } from "idb";
import { Connection } from "@/offline/connection";

interface KeptSchema extends DBSchema {
  kept: { key: string; value: unknown };
}

const connection = new Connection<KeptSchema>({
  name: "lingda-desk",
  version: 1,
  upgrade: (database, from) => {
    if (from < 1) database.createObjectStore("kept");
  },
});

/** The value kept under `name` for the user, or undefined. */
export async function kept<T>(userId: string, name: string): Promise<T | undefined> {
  return (await connection.read(["kept"], (transaction) => transaction.objectStore("kept").get(`${userId}/${name}`))) as T | undefined;
}

/** Keep a value; resolves when it is on disk. */
export async function keep(userId: string, name: string, value: unknown): Promise<void> {
  await connection.write(["kept"], (transaction) => transaction.objectStore("kept").put(value, `${userId}/${name}`));
}

export async function forget(userId: string, name: string): Promise<void> {
  await connection.write(["kept"], (transaction) => transaction.objectStore("kept").delete(`${userId}/${name}`));
}
