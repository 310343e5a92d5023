import type { Rfm, ScoredValue, Signals } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Policy } from '../policy/schema.ts';
import { creditScoreOf } from './credit.ts';
import { loyaltyScoreOf } from './loyalty.ts';
import { rfmOf } from './rfm.ts';
import { valueScoreOf } from './value.ts';

/** The scores that follow from one day's signals alone. */
export type BasicScore = {
  readonly rfm: Rfm | null;
  readonly value: ScoredValue | null;
  readonly loyalty: ScoredValue | null;
  readonly credit: ScoredValue | null;
  /** The tier that the value score gives, nothing held still. */
  readonly tier: string | null;
};

/**
 * Scores under frozen cut points: the same alone as in the base, equal for equal signals, never lower
 * for more spend, more loyalty or better credit.
 */
export function basicScoreOf(signals: Signals, cuts: CutPoints, policy: Policy): BasicScore {
  const loyalty = loyaltyScoreOf(signals, policy);
  const credit = creditScoreOf(signals, policy);
  const value = valueScoreOf(signals, { loyalty, credit }, cuts, policy);
  return { rfm: rfmOf(signals, cuts), value, loyalty, credit, tier: tierOf(value, cuts, policy) };
}

/** The highest tier whose cut the value reaches; none when too little is known for one. */
export function tierOf(
  value: Pick<ScoredValue, 'score' | 'confidence'> | null,
  cuts: Pick<CutPoints, 'tiers'>,
  policy: Policy,
): string | null {
  if (value === null || value.confidence < policy.value.minimumConfidence) return null;
  return cuts.tiers.find(({ from }) => value.score >= from)?.key ?? null;
}
