import { presentKey } from '../../policy/class-catalogue.ts';
import { numberOf } from '../classes/number-of.ts';
import type { CustomerDay } from '../customer-day.ts';

/** The tier that a person set the customer never to fall below. */
export type Floor = {
  readonly tier: string;
  /** Whether it holds on the day. */
  readonly holds: boolean;
  /** The first day without it, since 1970; also when that is over. */
  readonly end: number;
  readonly named: { readonly why: string; readonly by: string };
};

/** `null` where nobody set one, or for a tier that the policy has no more and moved nowhere. */
export function floorOf({ timeline, today, cuts, policy }: CustomerDay): Floor | null {
  const { named } = timeline.history;
  if (named === null || named.floor === null) return null;
  const tier = presentKey(policy, 'value_tier', named.floor);
  if (tier === null || !cuts.tiers.some(({ key }) => key === tier)) return null;
  const end = numberOf(named.until) + 1;
  return { tier, holds: today < end, end, named: { why: named.why, by: named.by } };
}
