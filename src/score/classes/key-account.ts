import type { ClassResult } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';

/**
 * Whether the customer is among the fewest who hold the policy's share of net amounts [A9], with the
 * real split of the base; `null` without a purchase or where the base has no such set.
 */
export function keyAccountOf({ signals, cuts }: CustomerDay): ClassResult | null {
  if (cuts.keyAccounts === null || signals.orders === 0) return null;
  const { fromMinor, customers, shareOfCustomers, shareOfNet } = cuts.keyAccounts;
  const isKey = signals.netInWindow > 0 && signals.netInWindow >= fromMinor;
  return {
    key: isKey ? 'key' : 'other',
    since: null,
    code: isKey ? 'key_account.reached' : 'key_account.below',
    facts: {
      netMinor: signals.netInWindow,
      fromMinor,
      currency: signals.currency,
      customers,
      percentOfCustomers: percent(shareOfCustomers),
      percentOfNet: percent(shareOfNet),
    },
  };
}

function percent(share: number): number {
  return Math.round(1000 * share) / 10;
}
