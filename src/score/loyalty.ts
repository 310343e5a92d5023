import type { ScoredValue, Signals } from '../domain/score.ts';
import type { Policy } from '../policy/schema.ts';
import { combine } from './combine.ts';
import { facts } from './facts.ts';
import { repeatShare } from './repeat.ts';

/** Loyalty 0–100 from buying again, recommending and taking part; `null` without a purchase. */
export function loyaltyScoreOf(signals: Signals, policy: Policy): ScoredValue | null {
  if (signals.orders === 0) return null;
  const { weights } = policy.loyalty;
  return combine([
    {
      code: 'loyalty.repeat',
      weight: weights.repeat,
      share: repeatShare(signals, policy),
      confidence: 1,
      facts: facts({
        orders: signals.orders,
        monthsWithOrder: signals.monthsWithOrder,
        firstOrderOn: signals.firstOrderOn,
        lastOrderOn: signals.lastOrderOn,
        medianGapDays: signals.medianGapDays,
      }),
    },
    {
      code: 'loyalty.referral',
      weight: weights.referral,
      share: referralShare(signals, policy),
      confidence: 1,
      facts: facts({ referred: signals.referrals, bought: signals.referralsBought }),
    },
    {
      code: 'loyalty.participation',
      weight: weights.participation,
      share: participationShare(signals),
      confidence: 1,
      facts: facts({ invited: signals.eventsInvited, attended: signals.eventsAttended }),
    },
  ]);
}

/** What the customer's referrals give, 0–1; `null` is unknown. */
export function referralShare(
  { referrals, referralsBought }: Pick<Signals, 'referrals' | 'referralsBought'>,
  policy: Policy,
): number | null {
  if (referrals === null || referralsBought === null) return null;
  const { fullAt, notBoughtCounts } = policy.loyalty.referral;
  const waiting = Math.max(0, referrals - referralsBought);
  return Math.min(1, (referralsBought + waiting * notBoughtCounts) / fullAt);
}

/** Who was never invited could not take part: unknown, not zero. */
export function participationShare({
  eventsInvited,
  eventsAttended,
}: Pick<Signals, 'eventsInvited' | 'eventsAttended'>): number | null {
  if (eventsInvited === null || eventsAttended === null || eventsInvited <= 0) return null;
  return Math.min(1, Math.max(0, eventsAttended) / eventsInvited);
}
