import { areaUnderCurve } from './area-under-curve.ts';
import { squaredDistances, weightedMean } from './errors.ts';
import { type Ranking, rankingOf } from './ranking.ts';
import { everybodyOnce } from './weights.ts';

/** How good a chance to buy was. `null` where there is nothing to measure. */
export type ChanceQuality = {
  /** See `areaUnderCurve`; more is better. */
  readonly auc: number | null;
  /** Mean squared distance of the chance from what came (1 or 0); less is better. */
  readonly brier: number | null;
  /** Share of customers told right when a chance above 0.5 says "buys". */
  readonly rightAtHalf: number | null;
};

/** Of `chance` (0–1) against `bought` (1 or 0); ranked by `ranking` where that is another's. */
export function chanceQuality(
  chance: Float64Array,
  bought: Float64Array,
  ranking: Ranking = rankingOf(chance),
): ChanceQuality {
  const weights = everybodyOnce(chance.length);
  const right = chance.map((value, row) => Number(value > 0.5 === (bought[row] ?? 0) > 0));
  return {
    auc: areaUnderCurve(ranking, bought, weights),
    brier: weightedMean(squaredDistances(chance, bought), weights),
    rightAtHalf: weightedMean(right, weights),
  };
}

/** Customers with about the same chance: what was said of them, and what came. */
export type CalibrationBin = {
  readonly customers: number;
  /** Mean, lowest and highest chance. */
  readonly predicted: number;
  readonly from: number;
  readonly to: number;
  /** Share that bought, and its 95 % interval (Wilson). */
  readonly actual: number;
  readonly low: number;
  readonly high: number;
};

/** By the bins that customers are in, lowest chance first; empty bins are left out. */
export function calibrationBins(
  bins: Uint16Array,
  chance: Float64Array,
  bought: Float64Array,
): readonly CalibrationBin[] {
  const found = new Map<
    number,
    { customers: number; sum: number; buyers: number; from: number; to: number }
  >();
  for (let row = 0; row < bins.length; row += 1) {
    const said = chance[row] ?? 0;
    const bin = found.get(bins[row] ?? 0) ?? { customers: 0, sum: 0, buyers: 0, from: 1, to: 0 };
    bin.customers += 1;
    bin.sum += said;
    bin.buyers += bought[row] ?? 0;
    bin.from = Math.min(bin.from, said);
    bin.to = Math.max(bin.to, said);
    found.set(bins[row] ?? 0, bin);
  }
  return [...found]
    .sort(([left], [right]) => left - right)
    .map(([, { customers, sum, buyers, from, to }]) => ({
      customers,
      predicted: sum / customers,
      from,
      to,
      actual: buyers / customers,
      ...wilson(buyers, customers),
    }));
}

/** Wilson's interval of a share, J. of the American Statistical Association 22 (1927). */
function wilson(hits: number, of: number): { readonly low: number; readonly high: number } {
  const z = 1.959964;
  const share = hits / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half =
    (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
