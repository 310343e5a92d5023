import type { ScoredValue, Signals } from '../domain/score.ts';
import type { Policy } from '../policy/schema.ts';
import { combine } from './combine.ts';

/**
 * Credit 0–100 from paying on time, days overdue and refunds; `null` while no due date has passed.
 * Refunds alone say nothing about credit.
 */
export function creditScoreOf(signals: Signals, policy: Policy): ScoredValue | null {
  const { duesKnown, duesOnTime, overdueDays, refundedEver } = signals;
  if (duesKnown === 0) return null;
  const { weights, overdueDaysLimit } = policy.credit;
  const averageDays = overdueDays / duesKnown;
  return combine([
    {
      code: 'credit.onTime',
      weight: weights.onTime,
      share: duesOnTime / duesKnown,
      confidence: 1,
      facts: { due: duesKnown, onTime: duesOnTime },
    },
    {
      code: 'credit.overdue',
      weight: weights.overdue,
      share: 1 - Math.min(1, averageDays / overdueDaysLimit),
      confidence: 1,
      facts: { averageDaysOverdue: Math.round(averageDays * 10) / 10 },
    },
    {
      code: 'credit.refunds',
      weight: weights.refunds,
      share: 1 - refundShare(signals),
      confidence: 1,
      facts: { refundedMinor: refundedEver },
    },
  ]);
}

/** Of all that was ever bought. */
export function refundShare({
  netEver,
  refundedEver,
}: Pick<Signals, 'netEver' | 'refundedEver'>): number {
  if (refundedEver <= 0) return 0;
  const bought = netEver + refundedEver;
  return bought <= 0 ? 1 : Math.min(1, refundedEver / bought);
}
