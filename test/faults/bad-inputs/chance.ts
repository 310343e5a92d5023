import { randomFor } from '../../../sandbox/data/random.ts';

/** Chance that repeats. */
export type Chance = {
  /** From 0, below `below`. */
  readonly whole: (below: number) => number;
  readonly pick: <T>(values: readonly T[]) => T;
  readonly is: (share: number) => boolean;
};

export function chanceOf(seed: number, ...name: readonly (string | number)[]): Chance {
  const random = randomFor(seed, ...name.map(String));
  const whole = (below: number) => Math.floor(random.next() * below);
  return {
    whole,
    pick: (values) => {
      const value = values[whole(values.length)];
      if (value === undefined) throw new RangeError('Nothing to pick from');
      return value;
    },
    is: (share) => random.next() < share,
  };
}
