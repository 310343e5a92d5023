import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import type { CutPoints } from '../../../src/policy/cut-points.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { classesOf, type ScoredSoFar } from '../../../src/score/classes/classes.ts';
import { stabilityOf } from '../../../src/score/classes/stability.ts';
import { standardsOf } from '../../../src/score/classes/standards.ts';
import { type CustomerDay, customerDay } from '../../../src/score/customer-day.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { cutsOf } from '../base.ts';
import { AS_OF, customer, type DayInput, history, won } from '../builders.ts';
import { policy } from '../default-policy.ts';

/** Cut points of an empty base: the policy's fixed ones. */
export const fixedCuts: CutPoints = cutsOf([]);

export type Given = Partial<Omit<DayInput, 'policy'>> & {
  readonly rules?: Policy;
  readonly cuts?: Partial<CutPoints>;
};

/** Customer `c1` with these deals, on a day and under rules and cut points that may be given. */
export function dayOf(deals: readonly Deal[], given: Given = {}): CustomerDay {
  const { rules = policy, cuts = {}, asOf = AS_OF, ...rest } = given;
  return historyDay(history(deals, { ...rest, policy: rules }), asOf, rules, cuts);
}

/** A history on a day. */
export function historyDay(
  of: CustomerHistory,
  asOf: string,
  rules: Policy = policy,
  cuts: Partial<CutPoints> = {},
): CustomerDay {
  const frame = { policy: rules, cuts: { ...fixedCuts, ...cuts } };
  return customerDay(new Timeline(of, rules.purchase), asOf, frame, null);
}

/** One order of 100.00 on each of these days. */
export function ordersOn(...days: readonly string[]): readonly Deal[] {
  return days.map((day) => won(day, 100_00));
}

/** The class of every family, with the tier that the value alone gives. */
export function classesOn(day: CustomerDay, scored: Partial<ScoredSoFar> = {}) {
  const stability = stabilityOf(day);
  return classesOf(day, {
    tier: day.basic.tier,
    standing: null,
    held: null,
    stability,
    standards: standardsOf(day, stability),
    prediction: null,
    ...scored,
  });
}

/** The day's number. */
export function numberOf(day: string): number {
  return dayNumber(day) ?? Number.NaN;
}

/** So many days later. */
export function later(day: string, days: number): string {
  return dayText(numberOf(day) + days);
}

/** A customer's record made on this day. */
export function madeOn(createdOn: string): Given {
  return { customer: { ...customer, createdAt: `${createdOn}T12:00:00.000Z` } };
}
