import type { Fall } from '../../domain/result.ts';
import { classesChangeAfter } from '../classes/classes-change.ts';
import { numberOf } from '../classes/number-of.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { overrideEnds } from '../override.ts';
import { eligibilityChangeAfter } from '../points/eligibility.ts';
import { pointsChangeAfter } from '../points/points.ts';
import { predictionChangesAfter } from '../predict/prediction.ts';
import { silentFrom } from '../scope.ts';
import { type HeldTier, holdChangesAfter } from '../tiers/hold-tier.ts';
import { basicChangesAfter } from './basic-change.ts';
import { loyaltyChangesBefore } from './loyalty-change.ts';

/** What a score says of the days ahead, besides its tier. */
type Ahead = HeldTier & { readonly wayUpChangesAfter: number; readonly fall: Fall | null };

/**
 * The first day after `today` on which time alone may change the result: each part names its own,
 * rather too early than too late.
 */
export function nextChange(day: CustomerDay, ahead: Ahead): number {
  const { named } = day.timeline.history;
  const soonest = Math.min(
    basicChangesAfter(day),
    classesChangeAfter(day),
    pointsChangeAfter(day),
    eligibilityChangeAfter(day),
    predictionChangesAfter(day),
    holdChangesAfter(day, ahead),
    silentFrom(day.timeline, day.today, day.policy),
    later(day, numberOf(named?.until ?? null) + 1),
    overrideEnds(day),
    ahead.wayUpChangesAfter,
    later(day, numberOf(ahead.fall?.on ?? null)),
  );
  return loyaltyChangesBefore(soonest, day);
}

function later({ today }: CustomerDay, on: number): number {
  return on > today ? on : NEVER;
}
