import { type Minimum, minimize } from './minimize.ts';
import type { Objective } from './objective.ts';

/** Minima nearer than this are the same; the first one is kept. */
const SAME = 1e-7;

/** The lowest of the minima that the starts lead to. */
export function lowestMinimum(
  objective: Objective,
  starts: readonly (readonly number[])[],
): Minimum {
  const [first = [], ...others] = starts;
  return others.reduce<Minimum>(
    (best, start) => {
      const found = minimize(objective, start);
      return found.value < best.value - SAME || Number.isNaN(best.value) ? found : best;
    },
    minimize(objective, first),
  );
}

/**
 * The minimum for all customers, begun where the search on a part of them ended: `share` of them, so
 * that it curves as much less.
 */
export function refinedMinimum(objective: Objective, part: Minimum, share: number): Minimum {
  const inverse = part.inverse?.map((row) => row.map((entry) => entry * share)) ?? null;
  return minimize(objective, part.at, inverse);
}
