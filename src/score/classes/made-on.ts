import type { LocalDay } from '../../domain/time.ts';
import type { CustomerDay } from '../customer-day.ts';

/** The day on which the customer's record was made; `null` where unknown or not yet come. */
export function madeOn({ timeline, asOf }: CustomerDay): LocalDay | null {
  const { createdOn } = timeline.history;
  return createdOn === null || createdOn > asOf ? null : createdOn;
}
