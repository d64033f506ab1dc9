/** Which commands go into the next request: first in first out for each order, side by side across orders. */
import type { StoredCommand } from "./schema";

export interface BatchLimits { count: number; bytes: number }
export const batchLimits: BatchLimits = { count: 50, bytes: 64 * 1024 };

const encoder = new TextEncoder();
const envelopeBytes = (command: StoredCommand): number =>
  encoder.encode(JSON.stringify({ payload: command.payload, signature: command.signature })).length + 1;

export interface Choice {
  batch: StoredCommand[];
  /** When the next command may be tried (epoch ms), if none may now; null when nothing waits. */
  nextTryAt: number | null;
}

/**
 * Choose from the queued commands of one phone at device time `now`. A command that must still wait holds back the
 * later ones of its own order only. `alone` (commands a whole batch was refused for) go one at a time.
 */
export function chooseBatch(queued: StoredCommand[], now: number, limits = batchLimits, alone = false): Choice {
  const held = new Set<string>();
  const batch: StoredCommand[] = [];
  let bytes = 2;
  let nextTryAt: number | null = null;
  for (const command of [...queued].sort((a, b) => a.sequence - b.sequence)) {
    if (held.has(command.subject_id)) continue;
    if (command.next_try_at > now) {
      held.add(command.subject_id);
      nextTryAt = Math.min(nextTryAt ?? Infinity, command.next_try_at);
      continue;
    }
    const size = envelopeBytes(command);
    const full = batch.length >= (alone ? 1 : limits.count) || (batch.length > 0 && bytes + size > limits.bytes);
    if (full) break;
    batch.push(command);
    bytes += size;
  }
  return { batch, nextTryAt: batch.length > 0 ? null : nextTryAt };
}
