import type { Clock } from './clock.ts';

/** Wakes one who waits. */
export type Bell = {
  /** A ring that nobody waits for is heard by the next who does. */
  readonly ring: () => void;
  /** Until it rings, or `ms` went by; `null` waits for the ring alone. */
  readonly wait: (ms: number | null) => Promise<void>;
};

export function newBell(clock: Clock): Bell {
  let rung = false;
  let wake = (): void => undefined;
  const heard = (): Promise<void> => {
    const ringing = new Promise<void>((resolve) => {
      wake = resolve;
    });
    return rung ? Promise.resolve() : ringing;
  };
  return {
    ring: () => {
      rung = true;
      wake();
    },
    wait: async (ms) => {
      const stop = new AbortController();
      const over = ms === null ? [] : [clock.sleep(ms, stop.signal).catch(() => undefined)];
      await Promise.race([heard(), ...over]);
      stop.abort();
      rung = false;
    },
  };
}
