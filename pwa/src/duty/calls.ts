/** The calls in hand at this desk: kept on disk at every stroke, so that a crash, an outage or a sign-out loses no word. */
import { ref, watch } from "vue";
import { forget, keep, kept } from "@/desk/kept";
import { clock } from "@/time";
import { isUntouched, pickUp, wholeCall, type Call, type KeptCall } from "./call";

export function useCalls(userId: string) {
  const calls = ref<Call[]>([]);
  const current = ref(0);
  const onDisk = ref(true);
  let version = 0;

  /** Bring back what was being written when the page went away. */
  async function restore(): Promise<void> {
    const stored = await kept<KeptCall[]>(userId, "calls").catch(() => undefined);
    const known = new Set(calls.value.map((call) => call.lead.id));
    calls.value = [...calls.value, ...(stored ?? []).filter((call) => !known.has(call.lead.id)).map(wholeCall)];
  }

  /** One key: the call begins now. An untouched call is taken anew instead of piling up. */
  function take(): void {
    const untouched = calls.value.findIndex(isUntouched);
    if (untouched >= 0) {
      current.value = untouched;
      return;
    }
    calls.value = [...calls.value, pickUp(clock.now())];
    current.value = calls.value.length - 1;
  }

  /** The call is registered, or dropped by whoever took it. */
  function finish(id: string): void {
    calls.value = calls.value.filter((call) => call.lead.id !== id);
    current.value = Math.max(0, calls.value.length - 1);
  }

  function change(call: Call): void {
    calls.value = calls.value.map((known) => (known.lead.id === call.lead.id ? call : known));
  }

  watch(calls, async (list) => {
    const mine = (version += 1);
    onDisk.value = false;
    try {
      if (list.length > 0) await keep(userId, "calls", JSON.parse(JSON.stringify(list)));
      else await forget(userId, "calls");
      if (mine === version) onDisk.value = true;
    } catch {
      // The form says that it is not kept; the words are still on the screen.
    }
  }, { deep: true });

  return { calls, current, onDisk, restore, take, finish, change };
}
