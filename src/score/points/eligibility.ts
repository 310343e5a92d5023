import type { Eligibility } from '../../domain/result.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';

/** The list every other week, and the coupon. */
export function eligibilityOf(_day: CustomerDay): Eligibility | null {
  return null;
}

/** The first day after `today` on which time alone may change it. */
export function eligibilityChangeAfter(_day: CustomerDay): number {
  return NEVER;
}
