/** What the service worker says to this page: a push came, a notification was tapped, the outbox went out. */
import type { WorkerMessage } from "./wire";

type Listener = (message: WorkerMessage) => void;
const listeners = new Set<Listener>();

/** Hear what comes; returns the way to stop. */
export function onWorkerMessage(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Begin to listen; call before the page has finished loading, or what the browser held back for it is lost. */
export function listenToWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker?.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = readMessage(event.data);
    if (message) for (const listener of listeners) listener(message);
  });
}

/** Anything else than a message of our worker is null; a path is one of the phone's own. */
export function readMessage(data: unknown): WorkerMessage | null {
  if (typeof data !== "object" || data === null || !("type" in data)) return null;
  const said = data as Record<string, unknown>;
  if (said["type"] === "flushed") return { type: "flushed" };
  if (said["type"] === "open") return typeof said["path"] === "string" && /^\/(order\/[\w-]{1,64}|me)?$/.test(said["path"]) ? { type: "open", path: said["path"] } : null;
  if (said["type"] !== "push") return null;
  const { kind, subject_id, token, covert } = (said["lingda"] ?? {}) as Record<string, unknown>;
  const word = (value: unknown): string | null => (typeof value === "string" ? value : null);
  return { type: "push", lingda: { kind: word(kind) ?? "", subject_id: word(subject_id), token: word(token), covert: covert === true } };
}
