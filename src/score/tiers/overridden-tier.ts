import { dayText } from '../../domain/day.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { overrideOn } from '../override.ts';
import type { HeldTier } from './hold-tier.ts';

/**
 * The tier that a person gave, in place of the one that is held: its standing goes on as it would
 * without, so that a lapsed word leaves no trace.
 */
export function overriddenTier(day: CustomerDay, held: HeldTier): HeldTier {
  const decided = overrideOn(day, 'value_tier');
  if (decided === null) return held;
  const { why, by, end } = decided;
  const until = end === NEVER ? null : dayText(end);
  return {
    tier: decided.class,
    standing: held.standing,
    held: { code: 'override', without: held.tier, until, named: { why, by } },
  };
}
