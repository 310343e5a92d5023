import type { Prediction } from '../../domain/result.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';

/** What the customer will do, from the model fitted to the base; `null` without a purchase. */
export function predictionOf(_day: CustomerDay): Prediction | null {
  return null;
}

/** The first day after `today` on which time alone may change it. */
export function predictionChangesAfter(_day: CustomerDay): number {
  return NEVER;
}
