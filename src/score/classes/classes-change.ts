import { type CustomerDay, NEVER } from '../customer-day.ts';
import { firstDayOfWindow } from '../signals.ts';
import { activityChangesAfter } from './activity.ts';
import { oldFrom, recordOldFrom } from './customer-class.ts';
import { namedEnds } from './importance.ts';
import { leavesOn } from './leaves-on.ts';
import { lostDay } from './lost-day.ts';
import { numberOf } from './number-of.ts';
import { stabilityChangesAfter } from './stability.ts';

/**
 * The first day after `today` on which time alone may change a class or figure of this folder. What
 * follows from RFM, loyalty, credit, tier or prediction changes with those: they name their own days.
 */
export function classesChangeAfter(day: CustomerDay): number {
  const { today, signals } = day;
  const days = [
    ...(signals.orders === 0 ? recordDays(day) : []),
    ...[oldFrom(day), lostDay(day), namedEnds(day), nextExit(day, 1), nextExit(day, 2)],
  ];
  return Math.min(
    activityChangesAfter(day),
    stabilityChangesAfter(day),
    ...days.filter((each) => each > today),
  );
}

/** A record's making, should it lie ahead, and the end of its newness. */
function recordDays(day: CustomerDay): readonly number[] {
  return [numberOf(day.timeline.history.createdOn), recordOldFrom(day)];
}

/** When the oldest sale of the last so many windows leaves them. */
function nextExit({ timeline, policy, today }: CustomerDay, windows: number): number {
  const months = windows * policy.windowMonths;
  const oldest = timeline.nextSaleAfter(firstDayOfWindow(today, months) - 1);
  return oldest > today ? NEVER : leavesOn(oldest, months);
}
