/** The last self-check: kept on the phone until the server has it, and shown with its time. */
import { api } from "@/api/client";
import { authorised } from "@/offline/authorised";
import type { UserStore } from "@/offline/user_store";
import type { SelfCheckReport } from "@/push/wire";

/** `ranAt` server-corrected time, epoch ms; `code` the line that was read out. */
export interface KeptReport { report: SelfCheckReport; ranAt: number; sent: boolean; code: string }
/** What the officer said of the maker's battery saver; `chosen` when they named the maker themselves. */
export interface SaverWord { maker: string; chosen: boolean; done: boolean }

export const keptReport = (store: UserStore): Promise<KeptReport | undefined> => kept<KeptReport>(store, "self_check");
export const saverWord = (store: UserStore): Promise<SaverWord | undefined> => kept<SaverWord>(store, "battery_saver");
export const keepSaverWord = (store: UserStore, word: SaverWord): Promise<unknown> => keep(store, "battery_saver", word);

type Post = (report: SelfCheckReport) => Promise<unknown>;
const posting = (userId: string): Post => (report) => authorised(userId, () => api.post("/api/phone/self-check", report));

/** Keep a new report and send it; true when the server has it, false when it waits for the next contact. */
export async function keepAndSend(store: UserStore, userId: string, made: Omit<KeptReport, "sent">, post = posting(userId)): Promise<boolean> {
  await keep(store, "self_check", { ...made, sent: false });
  return sendKeptReport(store, userId, post);
}

/** Send what waits; true when nothing waits any more. */
export async function sendKeptReport(store: UserStore, userId: string, post = posting(userId)): Promise<boolean> {
  const waiting = await keptReport(store);
  if (!waiting || waiting.sent) return true;
  try {
    await post(waiting.report);
  } catch {
    return false;
  }
  const now = await keptReport(store);
  // A newer run meanwhile waits for its own turn.
  if (now?.ranAt !== waiting.ranAt) return false;
  await keep(store, "self_check", { ...waiting, sent: true });
  return true;
}

async function kept<T>(store: UserStore, name: string): Promise<T | undefined> {
  return (await store.read(["meta"], (transaction) => transaction.objectStore("meta").get(name))) as T | undefined;
}

function keep(store: UserStore, name: string, value: unknown): Promise<unknown> {
  return store.write(["meta"], (transaction) => transaction.objectStore("meta").put(JSON.parse(JSON.stringify(value)), name));
}
