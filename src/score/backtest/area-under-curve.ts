import type { Ranking } from './ranking.ts';
import type { Weights } from './weights.ts';

/**
 * AUC: the chance that of two customers, one who did it and one who did not, the ranking puts the
 * first higher; equal scores count half. 0.5 is a coin. `null` when all did it, or nobody.
 */
export function areaUnderCurve(
  { rows, ends }: Ranking,
  happened: Float64Array,
  weights: Weights,
): number | null {
  let [above, below, area, at] = [0, 0, 0, 0];
  for (const end of ends) {
    let [did, didNot] = [0, 0];
    for (; at < end; at += 1) {
      const row = rows[at] ?? 0;
      const weight = weights[row] ?? 0;
      if ((happened[row] ?? 0) > 0) did += weight;
      else didNot += weight;
    }
    area += didNot * (above + did / 2);
    above += did;
    below += didNot;
  }
  return above === 0 || below === 0 ? null : area / above / below;
}
