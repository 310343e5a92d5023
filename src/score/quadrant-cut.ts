import type { CutPoints } from '../policy/cut-points.ts';
import { type BaseColumns, UNKNOWN } from './base-columns.ts';
import { policyWithoutLoyalty } from './quadrant-value.ts';
import { lowestWithin } from './tier-cuts.ts';
import { valueHistogram } from './value-histogram.ts';

/**
 * From which score a customer is high on each axis [A5]: so that at most the policy's share of the
 * base is, equal scores never parted, and the best always are; value is taken without loyalty. The
 * policy's fixed scores where it says so, the base is small, or all of it are alike on that axis.
 */
export function quadrantCut(base: BaseColumns, spend: readonly number[]): CutPoints['quadrant'] {
  const { quadrant, cuts } = base.policy;
  const fixed = { value: quadrant.valueFrom, loyalty: quadrant.loyaltyFrom };
  if (quadrant.mode === 'fixed' || base.size < cuts.minimumBase) return fixed;
  const values = valueHistogram(base, spend, policyWithoutLoyalty(base.policy).value.weights);
  return {
    value: highFrom(values, quadrant.valueShare) ?? fixed.value,
    loyalty: highFrom(loyaltyHistogram(base), quadrant.loyaltyShare) ?? fixed.loyalty,
  };
}

/** The score that at most `share` of the base reach, at most the best; `null` where all are alike. */
export function highFrom(histogram: readonly number[], share: number): number | null {
  const present = histogram.flatMap((count, score) => (count > 0 ? [score] : []));
  const best = present.at(-1);
  if (best === undefined || present.length === 1) return null;
  const known = histogram.reduce((sum, count) => sum + count, 0);
  return Math.min(best, lowestWithin(histogram, known * share));
}

function loyaltyHistogram({ loyalty }: BaseColumns): readonly number[] {
  const counts = new Array<number>(101).fill(0);
  for (const score of loyalty.values())
    if (score !== UNKNOWN) counts[score] = (counts[score] ?? 0) + 1;
  return counts;
}
