import { minorDigits } from '../../domain/money.ts';
import type { Eligibility } from '../../domain/result.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';

const WEEK = 7;

/**
 * Who is sent the regular list and given a coupon [G9, G10]; `null` before the first order. The list:
 * net spend over the policy's weeks, up to and with the day, is at least the weekly spend in each;
 * `weeklyMinor` is that mean rounded down, so it never shows more than there is. The coupon goes by
 * loyalty, and is none while the net amount in the window is below the policy's.
 */
export function eligibilityOf(day: CustomerDay): Eligibility | null {
  if (day.signals.orders === 0) return null;
  const { weeklySpend, weeks } = day.policy.eligibility;
  const { timeline, today } = day;
  const spent = timeline.netUpTo(today) - timeline.netUpTo(today - weeks * WEEK);
  return {
    weeklyMinor: Math.floor(spent / weeks),
    biweekly: spent >= minorOf(weeklySpend * weeks, day),
    coupon: couponOf(day),
  };
}

/** Whole units between the bounds: the lowest at the loyalty that earns one, the highest at 100. */
function couponOf(day: CustomerDay): number | null {
  const { policy, basic, signals } = day;
  const { from, to, loyaltyFrom, netFrom } = policy.eligibility.coupon;
  if (signals.netInWindow < minorOf(netFrom, day)) return null;
  const [least, most] = [Math.ceil(from), Math.floor(to)];
  if (basic.loyalty === null || basic.loyalty.score < loyaltyFrom || least > most) return null;
  const part = loyaltyFrom === 100 ? 1 : (basic.loyalty.score - loyaltyFrom) / (100 - loyaltyFrom);
  return Math.round(least + (most - least) * part);
}

/** Without the last bits of a product of decimals, which would ask for a little more. */
function minorOf(units: number, { signals }: CustomerDay): number {
  return Number((units * 10 ** minorDigits(signals.currency)).toPrecision(12));
}

/**
 * The first day after `today` on which time alone may change the list: the oldest sale of its weeks
 * leaves them. The coupon moves with the loyalty score and the window, whose days are named with the
 * scores.
 */
export function eligibilityChangeAfter(day: CustomerDay): number {
  const span = day.policy.eligibility.weeks * WEEK;
  const oldest = day.timeline.nextSaleAfter(day.today - span);
  return oldest <= day.today ? oldest + span : NEVER;
}
