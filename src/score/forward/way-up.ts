import type { WayUp } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import type { HeldTier } from '../tiers/hold-tier.ts';

/** The least single order that lifts the customer a tier. */
export function wayUpOf(_day: CustomerDay, _tiered: HeldTier): WayUp | null {
  return null;
}
