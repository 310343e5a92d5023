import type { Stability } from '../../domain/result.ts';
import type { Policy } from '../../policy/schema.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import type { Timeline } from '../timeline.ts';
import { firstChange } from './first-change.ts';
import { periodOf, periodStart } from './periods.ts';

/** Periods older than this say nothing of today's habits. */
const LOOK_BACK_MONTHS = 24;

type Rule = Policy['stability'];

/**
 * How even the net spend is from calendar period to period [A7]: standard deviation over mean of the
 * whole periods from the first order's to the one before today's, those of the last two years at
 * most. `null` with fewer than the policy's periods, or where refunds or silence leave no mean.
 */
export function stabilityOf({ timeline, today, policy }: CustomerDay): Stability | null {
  return stabilityOn(timeline, today, policy.stability);
}

/** The first day after `today` on which a new period changes it. */
export function stabilityChangesAfter({ timeline, today, policy }: CustomerDay): number {
  const rule = policy.stability;
  const last = timeline.days[timeline.ordersUpTo(today) - 1];
  if (last === undefined) return NEVER;
  const restsFrom = periodOf(last, rule.periodMonths) + mostPeriods(rule) + 2;
  const nextStart = (after: number): number => {
    const period = periodOf(after, rule.periodMonths) + 1;
    return period > restsFrom ? NEVER : periodStart(period, rule.periodMonths);
  };
  return firstChange(today, nextStart, (day) => JSON.stringify(stabilityOn(timeline, day, rule)));
}

function stabilityOn(timeline: Timeline, today: number, rule: Rule): Stability | null {
  const amounts = periodAmounts(timeline, today, rule);
  const mean = amounts.reduce((sum, minor) => sum + minor, 0) / amounts.length;
  if (amounts.length < rule.minimumPeriods || mean <= 0) return null;
  const squares = amounts.reduce((sum, minor) => sum + (minor - mean) ** 2, 0);
  const variation = Math.round((100 * Math.sqrt(squares / amounts.length)) / mean) / 100;
  return {
    periods: amounts.length,
    meanMinor: Math.round(mean),
    variation,
    steady: variation < rule.steadyBelow,
  };
}

function periodAmounts(timeline: Timeline, today: number, rule: Rule): readonly number[] {
  const first = timeline.days[0];
  if (first === undefined || first > today) return [];
  const { periodMonths } = rule;
  const current = periodOf(today, periodMonths);
  const from = Math.max(periodOf(first, periodMonths), current - mostPeriods(rule));
  return Array.from({ length: current - from }, (_, at) => {
    const start = periodStart(from + at, periodMonths);
    const end = periodStart(from + at + 1, periodMonths) - 1;
    return timeline.netUpTo(end) - timeline.netUpTo(start - 1);
  });
}

function mostPeriods({ periodMonths, minimumPeriods }: Rule): number {
  return Math.max(minimumPeriods, Math.floor(LOOK_BACK_MONTHS / periodMonths));
}
