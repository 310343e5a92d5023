import { systemClock } from '../../src/lib/clock.ts';

/** Time that goes faster than the machine's: sleeping is that much shorter. */
export type FastClock = {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From now on so many times as fast; 1 at first. */
  readonly pace: (speed: number) => void;
  /** Resolves at this time. */
  readonly until: (at: number) => Promise<void>;
};

export function fastClock(start: number): FastClock {
  let [speed, from, since] = [1, start, performance.now()];
  const now = () => Math.floor(from + (performance.now() - since) * speed);
  return {
    now,
    sleep: async (ms, signal) => await systemClock.sleep(Math.ceil(ms / speed), signal),
    pace: (next) => {
      [from, since, speed] = [now(), performance.now(), next];
    },
    until: async (at) => {
      while (now() < at) await systemClock.sleep(Math.min(50, Math.ceil((at - now()) / speed)));
    },
  };
}
