import { dayText } from '../../domain/day.ts';
import type { LocalDay } from '../../domain/time.ts';
import type { CustomerDay } from '../customer-day.ts';
import { lostDay } from './lost-day.ts';
import { numberOf } from './number-of.ts';

/**
 * When the next order may be expected from the customer's own rhythm [D14]: the last one and the
 * median gap. A day that has passed stays as it is, overdue, until the customer counts as lost;
 * `null` then, and below two orders.
 */
export function nextOrderOn(day: CustomerDay): LocalDay | null {
  const { lastOrderOn, medianGapDays } = day.signals;
  if (lastOrderOn === null || medianGapDays === null || day.today >= lostDay(day)) return null;
  return dayText(numberOf(lastOrderOn) + Math.round(medianGapDays));
}
