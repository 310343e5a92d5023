import { type BaseColumns, UNKNOWN } from './base-columns.ts';
import { mostPoints, scoreOf } from './combine.ts';
import { spendShare } from './spend.ts';

/** What the parts of value count. */
type Weights = { readonly spend: number; readonly loyalty: number; readonly credit: number };

/** How many customers of the base have each value score, 0–100, under these spend thresholds. */
export function valueHistogram(
  base: BaseColumns,
  spend: readonly number[],
  weights: Weights = base.policy.value.weights,
): readonly number[] {
  const counts = new Array<number>(101).fill(0);
  for (const score of valueScores(base, spend, weights))
    if (score !== null) counts[score] = (counts[score] ?? 0) + 1;
  return counts;
}

/**
 * The value score of each customer of the base in turn; `null` where nothing that has weight is
 * known. The same arithmetic as `valueScoreOf`, without its reasons: a million in one pass.
 */
export function* valueScores(
  base: BaseColumns,
  spend: readonly number[],
  weights: Weights = base.policy.value.weights,
): Generator<number | null> {
  const loyalty = base.loyalty.values();
  const credit = base.credit.values();
  const scoring = scorer(weights);
  for (const [at, netMinor] of base.netMinor.values().entries())
    yield scoring(spendShare(netMinor, spend), loyalty[at] ?? UNKNOWN, credit[at] ?? UNKNOWN);
}

function scorer(weights: Weights) {
  const known = new Map<number, readonly number[]>();
  return (spend: number, loyalty: number, credit: number): number | null => {
    const parts = [
      { weight: weights.spend, share: spend },
      { weight: weights.loyalty, share: loyalty === UNKNOWN ? null : loyalty / 100 },
      { weight: weights.credit, share: credit === UNKNOWN ? null : credit / 100 },
    ].filter(({ weight, share }) => weight > 0 && share !== null);
    if (parts.length === 0) return null;
    const mask = (loyalty === UNKNOWN ? 0 : 1) + (credit === UNKNOWN ? 0 : 2);
    const of = known.get(mask) ?? mostPoints(parts.map(({ weight }) => weight));
    known.set(mask, of);
    return scoreOf(parts.map(({ share }, at) => (of[at] ?? 0) * (share ?? 0)));
  };
}
