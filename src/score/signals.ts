import { dayNumber, dayText, monthNumber, monthsBefore } from '../domain/day.ts';
import type { Signals } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import { duesOf } from './dues.ts';
import { gapsOf } from './gaps.ts';
import { type DayTotal, largestPurchase, mergeByDay } from './purchases.ts';
import type { SignalsInput } from './signals-input.ts';
import { type UsableDeal, usableDeals } from './usable-deals.ts';

/**
 * The raw facts about one customer on the day `asOf`: won deals only, merged by local day, net of
 * refunds, in one currency. Deals that cannot be counted are counted as problems. Linear in deals
 * but for one sort of the days.
 * @throws RangeError when `asOf` is no calendar day.
 */
export function signalsOf(input: SignalsInput): Signals {
  const { asOf, coverage } = input;
  const today = dayNumber(asOf);
  if (today === null) throw new RangeError(`Not a calendar day: ${asOf}`);
  const windowFrom = dayAfter(monthsBefore(asOf, input.policy.windowMonths));
  const { deals, problems } = usableDeals(input);
  const purchases = mergeByDay(deals);
  const last = purchases.at(-1);
  return {
    customerId: input.customer.id,
    asOf,
    currency: input.homeCurrency,
    windowFrom,
    orders: purchases.length,
    ordersInWindow: purchases.filter(({ on }) => on >= windowFrom).length,
    firstOrderOn: purchases[0]?.on ?? null,
    lastOrderOn: last?.on ?? null,
    daysSinceLastOrder: last === undefined ? null : today - last.day,
    ...amountsOf(deals, windowFrom),
    largestOrder: largestPurchase(purchases, deals),
    ...gapsOf(purchases),
    ...monthsOf(purchases, asOf),
    ...duesOf(coverage.dues ? deals : [], asOf),
    ...referralsOf(input),
    ...eventsOf(input),
    problems,
  };
}

function dayAfter(day: LocalDay): LocalDay {
  return dayText((dayNumber(day) ?? 0) + 1);
}

function amountsOf(deals: readonly UsableDeal[], windowFrom: LocalDay) {
  let netInWindow = 0;
  let netEver = 0;
  let refundedEver = 0;
  for (const { on, minor } of deals) {
    netEver += minor;
    if (on >= windowFrom) netInWindow += minor;
    if (minor < 0) refundedEver -= minor;
  }
  return { netInWindow, netEver, refundedEver };
}

function monthsOf(purchases: readonly DayTotal[], asOf: LocalDay) {
  const first = purchases[0];
  if (first === undefined) return { monthsSinceFirst: 0, monthsWithOrder: 0 };
  return {
    monthsSinceFirst: monthNumber(asOf) - monthNumber(first.on) + 1,
    monthsWithOrder: new Set(purchases.map(({ on }) => monthNumber(on))).size,
  };
}

function referralsOf({ coverage, referrals }: SignalsInput) {
  if (!coverage.referrals) return { referrals: null, referralsBought: null };
  return { referrals: referrals?.referred ?? 0, referralsBought: referrals?.bought ?? 0 };
}

function eventsOf({ coverage, customer }: SignalsInput) {
  if (!coverage.events) return { eventsInvited: null, eventsAttended: null };
  return { eventsInvited: customer.eventsInvited, eventsAttended: customer.eventsAttended };
}
