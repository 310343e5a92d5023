import type { Stability, Standards } from '../../domain/result.ts';
import type { ScoredValue } from '../../domain/score.ts';
import type { CustomerDay } from '../customer-day.ts';

/**
 * The five standards of a good customer [A10]: steady spend, credit, loyalty, constructive feedback,
 * word of mouth. What is unknown is `null`, neither met nor failed; none at all without a purchase.
 */
export function standardsOf(day: CustomerDay, stability: Stability | null): Standards | null {
  if (day.signals.orders === 0) return null;
  const { creditFrom, loyaltyFrom, feedbackFrom, referralsFrom } = day.policy.standards;
  const met = {
    steadySpend: stability?.steady ?? null,
    credit: reaches(day.basic.credit, creditFrom),
    loyalty: reaches(day.basic.loyalty, loyaltyFrom),
    feedback: atLeast(day.timeline.history.feedback, feedbackFrom),
    // Whom a customer sent but who never bought proves nothing yet.
    referral: atLeast(day.signals.referralsBought, referralsFrom),
  };
  return { ...met, met: Object.values(met).filter((each) => each === true).length };
}

function reaches(scored: ScoredValue | null, from: number): boolean | null {
  return atLeast(scored?.score ?? null, from);
}

function atLeast(value: number | null, from: number): boolean | null {
  return value === null ? null : value >= from;
}
