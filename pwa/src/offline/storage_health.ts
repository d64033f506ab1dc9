/** Whether the browser promised to keep what the phone saved; asked again at every start until it does. */

export interface StorageHealth { persisted: boolean | null; usedBytes: number | null; quotaBytes: number | null }

/** Ask for lasting storage and tell how things stand; null where the browser does not say. */
export async function askToPersist(): Promise<StorageHealth> {
  const storage = typeof navigator === "undefined" ? undefined : navigator.storage;
  const persisted = (await quietly(() => storage?.persisted())) || (await quietly(() => storage?.persist()));
  const estimate = await quietly(() => storage?.estimate());
  return { persisted: persisted ?? null, usedBytes: estimate?.usage ?? null, quotaBytes: estimate?.quota ?? null };
}

async function quietly<T>(ask: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
