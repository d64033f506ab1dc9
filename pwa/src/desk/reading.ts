/** What a part of a page shows and how old it is: the last known state at once, then the server's, again after each change it hears of. */
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";
import { clock } from "@/time";
import { changesOf } from "./changes";
import { backInContact } from "./contact_kind";
import { keep, kept } from "./kept";
import { useProblems } from "./problems";
import { desk } from "./session";

/** Several events of one act cause one reading. */
const together = 150;

interface Kept<T> { at: number; key: string; value: T }

export interface Reading<T> {
  value: Readonly<ShallowRef<T | null>>;
  /** Server time (epoch ms) of what is shown; null when nothing is. */
  at: Readonly<Ref<number | null>>;
  /** Why the latest reading failed; empty when it did not. */
  trouble: ComputedRef<string>;
  start: () => Promise<void>;
  read: () => Promise<void>;
  /** Show an answer of the server that came another way. */
  take: (value: T) => void;
}

/**
 * Keep `ask` read, again after events of these kinds. `name`: under which the last answer is kept on this desk; `key`: which of several it is (a week, a person),
 * so that the answer of another one is never shown in its place.
 */
export function useReading<T>(name: string, ask: () => Promise<T>, kinds: string[], key = (): string => ""): Reading<T> {
  const describe = useProblems();
  const heard = changesOf(backInContact, ...kinds);
  const value = shallowRef<T | null>(null);
  const at = ref<number | null>(null);
  const failure = shallowRef<unknown>(null);
  let turn = 0;
  let begun = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function take(answer: T): void {
    turn += 1;
    value.value = answer;
    at.value = clock.now();
    failure.value = null;
    const user = desk.userId.value;
    if (user) void keep(user, name, { at: at.value, key: key(), value: answer } satisfies Kept<T>).catch(() => undefined);
  }

  async function read(): Promise<void> {
    const mine = (turn += 1);
    try {
      const answer = await ask();
      if (mine === turn) take(answer);
    } catch (error) {
      if (mine === turn) failure.value = error;
    }
  }

  async function start(): Promise<void> {
    begun = true;
    const user = desk.userId.value;
    const wanted = key();
    if (user && value.value === null) {
      const old = await kept<Kept<T>>(user, name).catch(() => undefined);
      if (old && old.key === wanted && value.value === null) {
        value.value = old.value;
        at.value = old.at;
      }
    }
    await read();
  }

  watch(heard, () => {
    if (!begun) return;
    clearTimeout(timer);
    timer = setTimeout(() => void read(), together);
  });
  watch(key, () => {
    value.value = null;
    if (begun) void start();
  });
  onScopeDispose(() => clearTimeout(timer));
  return { value, at, trouble: computed(() => (failure.value === null ? "" : describe(failure.value))), start, read, take };
}
