import { dayNumber } from '../../../src/domain/day.ts';
import type { CustomerHistory, Sale } from '../../../src/domain/history.ts';
import type { CutPoints } from '../../../src/policy/cut-points.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { BaseColumns } from '../../../src/score/base-columns.ts';
import { type CustomerDay, customerDay } from '../../../src/score/customer-day.ts';
import { findCutPoints } from '../../../src/score/cut-points.ts';
import { signalsAt } from '../../../src/score/signals.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { AS_OF, history, nothingKnown } from '../builders.ts';
import { policy } from '../default-policy.ts';

export const TODAY = dayNumber(AS_OF) ?? 0;

/** A customer who paid so much so many days before `AS_OF`; a negative amount is a refund. */
export function buyer(
  purchases: readonly (readonly [daysAgo: number, minor: number])[],
  given: Partial<CustomerHistory> = {},
): CustomerHistory {
  const sales: readonly Sale[] = purchases.map(([daysAgo, minor], at) => ({
    day: TODAY - daysAgo,
    minor,
    reference: String(at),
  }));
  return { ...history([]), sales: sales.toSorted((one, other) => one.day - other.day), ...given };
}

export function baseOf(
  customers: readonly CustomerHistory[],
  rules: Policy = policy,
  asOf: string = AS_OF,
): BaseColumns {
  const base = new BaseColumns({ policy: rules, homeCurrency: 'GBP', coverage: nothingKnown });
  for (const one of customers) {
    const timeline = new Timeline(one, rules.purchase);
    base.add(
      signalsAt(timeline, asOf, { windowMonths: rules.windowMonths, dues: false }),
      timeline,
    );
  }
  return base;
}

export function cutsOfBase(
  customers: readonly CustomerHistory[],
  rules: Policy = policy,
): CutPoints {
  return findCutPoints(baseOf(customers, rules), AS_OF);
}

export function dayOf(
  one: CustomerHistory,
  cuts: CutPoints,
  asOf: string = AS_OF,
  rules: Policy = policy,
): CustomerDay {
  return customerDay(new Timeline(one, rules.purchase), asOf, { policy: rules, cuts }, null);
}
