import type { Points } from '../../domain/result.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';

/** The points account on the day; `null` when the policy gives none. */
export function pointsOf(_day: CustomerDay): Points | null {
  return null;
}

/** The first day after `today` on which time alone may change it. */
export function pointsChangeAfter(_day: CustomerDay): number {
  return NEVER;
}
