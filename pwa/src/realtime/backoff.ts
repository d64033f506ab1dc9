/** How long to wait before the next try: full jitter, so that a hundred phones do not come back at one instant. */

export interface BackoffLimits { first: number; most: number }

/**
 * Milliseconds to wait after `failures` failures in a row (1 or more): a random time up to first·2^(failures−1),
 * never above `most`. `random` is in [0, 1).
 */
export function fullJitter(failures: number, random: number, limits: BackoffLimits): number {
  const ceiling = Math.min(limits.most, limits.first * 2 ** Math.max(0, failures - 1));
  return Math.round(random * ceiling);
}
