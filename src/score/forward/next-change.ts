import { classesChangeAfter } from '../classes/classes-change.ts';
import type { CustomerDay } from '../customer-day.ts';
import { eligibilityChangeAfter } from '../points/eligibility.ts';
import { pointsChangeAfter } from '../points/points.ts';
import { predictionChangesAfter } from '../predict/prediction.ts';
import { type HeldTier, holdChangesAfter } from '../tiers/hold-tier.ts';

/**
 * The first day after `today` on which time alone may change the result: each part names its own,
 * rather too early than too late.
 */
export function nextChange(day: CustomerDay, tiered: HeldTier): number {
  return Math.min(
    classesChangeAfter(day),
    pointsChangeAfter(day),
    eligibilityChangeAfter(day),
    predictionChangesAfter(day),
    holdChangesAfter(day, tiered),
  );
}
