import type { Score, ScoredValue, Signals } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Policy } from '../policy/schema.ts';
import { policyVersion } from '../policy/version.ts';
import { creditScoreOf } from './credit.ts';
import { loyaltyScoreOf } from './loyalty.ts';
import { rfmOf } from './rfm.ts';
import { valueScoreOf } from './value.ts';

/**
 * One customer's score under frozen cut points: the same alone as in the base, equal for equal
 * signals, never lower for more spend, more loyalty or better credit.
 */
export function scoreCustomer(signals: Signals, cuts: CutPoints, policy: Policy): Score {
  const loyalty = loyaltyScoreOf(signals, policy);
  const credit = creditScoreOf(signals, policy);
  const value = valueScoreOf(signals, { loyalty, credit }, cuts, policy);
  return {
    customerId: signals.customerId,
    asOf: signals.asOf,
    policyVersion: policyVersion(policy),
    signals,
    rfm: rfmOf(signals, cuts),
    value,
    loyalty,
    credit,
    tier: tierOf(value, cuts, policy),
    netAmount: { minor: signals.netInWindow, currency: signals.currency },
  };
}

/** The highest tier whose cut the value reaches; none when too little is known for one. */
function tierOf(value: ScoredValue | null, cuts: CutPoints, policy: Policy): string | null {
  if (value === null || value.confidence < policy.value.minimumConfidence) return null;
  return cuts.tiers.find(({ from }) => value.score >= from)?.key ?? null;
}
