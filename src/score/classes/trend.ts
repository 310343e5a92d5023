import type { ClassKey } from '../../domain/classes.ts';
import type { ClassResult, Standing } from '../../domain/result.ts';
import type { Policy } from '../../policy/schema.ts';
import type { CustomerDay } from '../customer-day.ts';
import { facts } from '../facts.ts';
import { firstDayOfWindow } from '../signals.ts';
import { stepsUpTo } from '../thresholds.ts';
import { numberOf } from './number-of.ts';

/** Steps of spend points; nothing left is below the lowest of them. */
function spendSteps(netMinor: number, thresholds: readonly number[]): number {
  return netMinor <= 0 ? 0 : 1 + stepsUpTo(netMinor, thresholds);
}

/**
 * Rising, steady or falling [D7]: the net amount's spend step of this window against that of the
 * window before. `null` for who was not there before this window, or bought in neither. A
 * tier that moved the same way is among the facts.
 */
export function trendOf(day: CustomerDay, standing: Standing | null): ClassResult | null {
  const { timeline, today, signals, policy, cuts } = day;
  const from = numberOf(signals.windowFrom);
  const beforeFrom = firstDayOfWindow(today, 2 * policy.windowMonths);
  const ordersBefore = timeline.ordersUpTo(from - 1);
  const lately = signals.orders - timeline.ordersUpTo(beforeFrom - 1);
  if (ordersBefore === 0 || lately === 0) return null;
  const minor = signals.netInWindow;
  const beforeMinor = timeline.netUpTo(from - 1) - timeline.netUpTo(beforeFrom - 1);
  const steps = spendSteps(minor, cuts.spend) - spendSteps(beforeMinor, cuts.spend);
  const key = directionOf(steps, policy.trend.steps);
  return {
    key,
    since: null,
    code: `trend.${key}`,
    facts: facts({
      netMinor: minor,
      beforeMinor,
      currency: signals.currency,
      steps,
      windowMonths: policy.windowMonths,
      ...tierMove(key, standing, policy),
    }),
  };
}

function directionOf(steps: number, wanted: number): ClassKey<'trend'> {
  if (Math.abs(steps) < wanted) return 'steady';
  return steps > 0 ? 'rising' : 'falling';
}

/** The latest move of the tier, where it went the same way. */
function tierMove(key: ClassKey<'trend'>, standing: Standing | null, policy: Policy) {
  if (standing === null || standing.before === null) return {};
  const keys = policy.tiers.classes.map((tier) => tier.key);
  const fell = keys.indexOf(standing.tier) > keys.indexOf(standing.before);
  if (key !== (fell ? 'falling' : 'rising')) return {};
  return { tier: standing.tier, tierBefore: standing.before, tierSince: standing.since };
}
