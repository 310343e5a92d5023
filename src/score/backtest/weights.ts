import { seededRandom } from './random.ts';

/** How often each customer counts: once, or as often as a resample drew it. Adds up to their number. */
export type Weights = Uint16Array;

/** Everybody once. */
export function everybodyOnce(size: number): Weights {
  return new Uint16Array(size).fill(1);
}

/**
 * Bootstrap resamples: as many customers as there are, drawn with replacement. Each is written over
 * the one before. The same seed and size give the same resamples.
 */
export function* resamples(size: number, count: number, seed: number): Generator<Weights> {
  const random = seededRandom(seed);
  const weights: Weights = new Uint16Array(size);
  for (let resample = 0; resample < count; resample += 1) {
    weights.fill(0);
    for (let draw = 0; draw < size; draw += 1) {
      const drawn = Math.floor(random() * size);
      weights[drawn] = (weights[drawn] ?? 0) + 1;
    }
    yield weights;
  }
}
