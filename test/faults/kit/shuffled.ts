import { randomFor } from '../../../sandbox/data/random.ts';

/** In an order of chance that repeats. */
export function shuffled<T>(values: readonly T[], seed: number): readonly T[] {
  const random = randomFor(seed, 'order');
  return values
    .map((value) => [random.next(), value] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, value]) => value);
}
