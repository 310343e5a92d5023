import type { Fall } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import type { HeldTier } from '../tiers/hold-tier.ts';

/** The tier's next fall if nothing happens and the cut points stay. */
export function fallOf(_day: CustomerDay, _tiered: HeldTier): Fall | null {
  return null;
}
