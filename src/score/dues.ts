import { dayNumber } from '../domain/day.ts';
import type { LocalDay } from '../domain/time.ts';
import type { UsableDeal } from './usable-deals.ts';

/** How the customer paid what was due. */
export type Dues = {
  readonly duesKnown: number;
  readonly duesOnTime: number;
  readonly overdueDays: number;
};

/**
 * Counts purchases whose due day is over by `asOf`. A payment after `asOf` has not happened yet;
 * what is unpaid is overdue up to `asOf`.
 */
export function duesOf(deals: readonly UsableDeal[], asOf: LocalDay): Dues {
  const overdue = deals.flatMap((deal) => {
    const days = daysOverdue(deal, asOf);
    return days === null ? [] : [days];
  });
  return {
    duesKnown: overdue.length,
    duesOnTime: overdue.filter((days) => days === 0).length,
    overdueDays: overdue.reduce((sum, days) => sum + days, 0),
  };
}

function daysOverdue({ minor, dueOn, paidOn }: UsableDeal, asOf: LocalDay): number | null {
  if (minor < 0 || dueOn === null || dueOn >= asOf) return null;
  const due = dayNumber(dueOn);
  const settled = dayNumber(paidOn === null || paidOn > asOf ? asOf : paidOn);
  if (due === null || settled === null) return null;
  return Math.max(0, settled - due);
}
