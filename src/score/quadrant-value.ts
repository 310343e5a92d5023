import type { Signals } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Policy } from '../policy/schema.ts';
import { creditScoreOf } from './credit.ts';
import { valueScoreOf } from './value.ts';

/**
 * Value 0–100 from spend and credit only, by the same arithmetic as the value score: the quadrant's
 * two axes must not share a part [A5]. `null` without a purchase.
 */
export function valueWithoutLoyalty(
  signals: Signals,
  cuts: Pick<CutPoints, 'spend'>,
  policy: Policy,
): number | null {
  const credit = creditScoreOf(signals, policy);
  const rules = policyWithoutLoyalty(policy);
  return valueScoreOf(signals, { loyalty: null, credit }, cuts, rules)?.score ?? null;
}

/** The policy with no weight on loyalty; spend alone where loyalty had all of it. */
export function policyWithoutLoyalty(policy: Policy): Policy {
  const { spend, credit } = policy.value.weights;
  const weights = { spend: spend + credit > 0 ? spend : 1, loyalty: 0, credit };
  return { ...policy, value: { ...policy.value, weights } };
}
