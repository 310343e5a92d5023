import { inOrder, type Ranking } from './ranking.ts';
import type { Weights } from './weights.ts';

/**
 * AUC: the chance that of two customers, one who did it and one who did not, the ranking puts the
 * first higher; equal scores count half. `happened` is 1 or 0. 0.5 is a coin. `null` when all did it, or nobody.
 */
export function areaUnderCurve(
  ranking: Ranking,
  happened: Float64Array,
  weights: Weights,
): number | null {
  return areaReader(ranking, happened)(weights);
}

/** `areaUnderCurve` for many resamples. */
export function areaReader(ranking: Ranking, happened: Float64Array) {
  const ordered = inOrder(ranking, happened);
  return (weights: Weights): number | null => area(ranking, ordered, weights);
}

function area({ rows, ends }: Ranking, ordered: Float64Array, weights: Weights): number | null {
  let [above, below, sum, at] = [0, 0, 0, 0];
  for (const end of ends) {
    let [did, didNot] = [0, 0];
    for (; at < end; at += 1) {
      const weight = weights[rows[at] ?? 0] ?? 0;
      const share = ordered[at] ?? 0;
      did += weight * share;
      didNot += weight * (1 - share);
    }
    sum += didNot * (above + did / 2);
    above += did;
    below += didNot;
  }
  return above === 0 || below === 0 ? null : sum / above / below;
}
