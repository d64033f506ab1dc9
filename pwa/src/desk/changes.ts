/** How often each kind of live event was heard on this page: a section watches its own kinds and reads again. */
import { computed, reactive, type ComputedRef } from "vue";

const heard = reactive(new Map<string, number>());

/** Count an event; called by the page that holds the connection. */
export function noteChange(kind: string): void {
  heard.set(kind, (heard.get(kind) ?? 0) + 1);
}

/** A number that grows with each event of these kinds: `watch(changesOf("shift.changed"), read)`. */
export function changesOf(...kinds: string[]): ComputedRef<number> {
  return computed(() => kinds.reduce((sum, kind) => sum + (heard.get(kind) ?? 0), 0));
}
