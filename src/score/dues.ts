import type { Sale } from '../domain/history.ts';

/** How the customer paid what was due. */
export type Dues = {
  readonly duesKnown: number;
  readonly duesOnTime: number;
  readonly overdueDays: number;
};

/** What is unpaid grows by whole weeks, up to a year: so scores do not change daily, nor for ever. */
export const OVERDUE_STEP = 7;
export const OVERDUE_MOST = 364;

/**
 * Counts purchases whose due day is over by `today`. A payment after it has not happened yet; what is
 * unpaid is overdue in whole weeks, from the first day on by one day.
 */
export function duesOf(dues: readonly Sale[], today: number): Dues {
  let [duesKnown, duesOnTime, overdueDays] = [0, 0, 0];
  for (const { day, dueDay = today, paidDay } of dues) {
    if (day > today || dueDay >= today) continue;
    const days =
      paidDay === undefined || paidDay > today
        ? unpaidFor(today - dueDay)
        : Math.max(0, paidDay - dueDay);
    duesKnown += 1;
    if (days === 0) duesOnTime += 1;
    overdueDays += days;
  }
  return { duesKnown, duesOnTime, overdueDays };
}

function unpaidFor(days: number): number {
  return Math.max(1, Math.min(OVERDUE_MOST, OVERDUE_STEP * Math.floor(days / OVERDUE_STEP)));
}
