/** A real push from the server to this phone and back to this page: the only proof that a call would arrive. */
import type { TestPush, WorkerMessage } from "@/push/wire";
import type { Trip } from "./lines";

export interface TestPushParts {
  /** POST /api/phone/test-push; throws as the API client does. */
  ask: () => Promise<TestPush>;
  listen: (listener: (message: WorkerMessage) => void) => () => void;
  wait: (milliseconds: number) => Promise<void>;
  /** Milliseconds that only go forward. */
  steady: () => number;
}
export const tripLimit = 15_000;

/** Send one and wait for the service worker to say that it came; it may be faster than the server's answer. */
export async function testPush({ ask, listen, wait, steady }: TestPushParts): Promise<Trip> {
  const begin = steady();
  const came = new Map<string, number>();
  let heard = (): void => undefined;
  const stop = listen((message) => {
    if (message.type !== "push" || message.lingda.token === null) return;
    came.set(message.lingda.token, steady());
    heard();
  });
  try {
    const { token, channel } = await ask();
    if (channel === "none" || token === null) return { state: "none" };
    const arrived = new Promise<void>((resolve) => {
      heard = () => void (came.has(token) && resolve());
      heard();
    });
    await Promise.race([arrived, wait(tripLimit)]);
    const at = came.get(token);
    return at === undefined ? { state: "silent" } : { state: "ok", milliseconds: Math.round(at - begin) };
  } catch {
    return { state: "failed" };
  } finally {
    stop();
  }
}
