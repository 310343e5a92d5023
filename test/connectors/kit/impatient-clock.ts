import type { Clock } from '../../../src/lib/clock.ts';

/** The machine's time, but a sleep only notes how long it would have been. */
export function impatientClock(): Clock & { readonly slept: readonly number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => Date.now(),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
    },
  };
}
