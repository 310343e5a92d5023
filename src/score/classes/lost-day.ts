import type { Policy } from '../../policy/schema.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import type { Timeline } from '../timeline.ts';

type Limits = Policy['days'];

/**
 * The first day of loss after the first so many purchases if no other follows [D13]: silence longer
 * than the policy's days, or than so many of the customer's own gaps where that is longer. Infinite
 * without a purchase.
 */
export function lostDayAfter(timeline: Timeline, orders: number, limits: Limits): number {
  const last = timeline.days[orders - 1];
  if (last === undefined) return NEVER;
  const { medianGapDays } = timeline.gapsOf(orders);
  return last + Math.floor(Math.max(limits.lost, limits.lostGaps * (medianGapDays ?? 0))) + 1;
}

/** The same after all purchases up to today. */
export function lostDay({ timeline, signals, policy }: CustomerDay): number {
  return lostDayAfter(timeline, signals.orders, policy.days);
}
