import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { BaseColumns } from '../../../src/score/base-columns.ts';
import { type CustomerDay, customerDay } from '../../../src/score/customer-day.ts';
import { findCutPoints } from '../../../src/score/cut-points.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { AS_OF, allKnown, type DayInput, history } from '../builders.ts';
import { policy } from '../default-policy.ts';

const base = new BaseColumns({ policy, homeCurrency: 'GBP', coverage: allKnown });
const cuts = findCutPoints(base, AS_OF);

/** Customer `c1` with these deals on a day. */
export function dayOf(
  deals: readonly Deal[],
  asOf: string,
  rules: Policy = policy,
  given: Partial<DayInput> = {},
): CustomerDay {
  const timeline = new Timeline(history(deals, { policy: rules, ...given }), rules.purchase);
  return customerDay(timeline, asOf, { policy: rules, cuts }, null);
}

/** The day's number. */
export function numberOf(day: string): number {
  return dayNumber(day) ?? Number.NaN;
}

/** So many days later. */
export function later(day: string, days: number): string {
  return dayText(numberOf(day) + days);
}
