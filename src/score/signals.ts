import { dayNumber, dayText, monthNumber, monthsBefore } from '../domain/day.ts';
import type { Purchase, Signals } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import { duesOf } from './dues.ts';
import type { Timeline } from './timeline.ts';

/** References that a purchase names at most. */
const NAMED_DEALS = 10;

/** What of the policy and the CRM signals depend on. */
export type SignalsFrame = {
  readonly windowMonths: number;
  /** Payment dates are filled at all. */
  readonly dues: boolean;
};

/**
 * The raw facts about one customer on the day `asOf`. Deals of later days have not happened yet and
 * are counted as a problem.
 * @throws RangeError when `asOf` is no calendar day.
 */
export function signalsAt(timeline: Timeline, asOf: LocalDay, frame: SignalsFrame): Signals {
  const today = dayNumber(asOf);
  if (today === null) throw new RangeError(`Not a calendar day: ${asOf}`);
  const { history, days } = timeline;
  const windowFrom = firstDayOfWindow(today, frame.windowMonths);
  const orders = timeline.ordersUpTo(today);
  const netEver = timeline.netUpTo(today);
  const first = orders === 0 ? null : (days[0] ?? null);
  const last = days[orders - 1] ?? null;
  return {
    customerId: history.customerId,
    asOf,
    currency: history.currency,
    windowFrom: dayText(windowFrom),
    orders,
    ordersInWindow: orders - timeline.ordersUpTo(windowFrom - 1),
    firstOrderOn: textOf(first),
    lastOrderOn: textOf(last),
    daysSinceLastOrder: last === null ? null : today - last,
    netInWindow: netEver - timeline.netUpTo(windowFrom - 1),
    netEver,
    refundedEver: timeline.refundedUpTo(today),
    largestOrder: largestOrder(timeline, orders),
    ...timeline.gapsOf(orders),
    monthsSinceFirst: first === null ? 0 : monthsFrom(first, asOf),
    monthsWithOrder: timeline.months[orders - 1] ?? 0,
    ...duesOf(frame.dues ? timeline.dues : [], today),
    referrals: history.referrals,
    referralsBought: history.referralsBought,
    eventsInvited: history.eventsInvited,
    eventsAttended: history.eventsAttended,
    problems: problemsOn(timeline, today),
  };
}

/** The number of the first day of a window of so many calendar months that ends with `today`. */
export function firstDayOfWindow(today: number, months: number): number {
  return (dayNumber(monthsBefore(dayText(today), months)) ?? 0) + 1;
}

function textOf(day: number | null): LocalDay | null {
  return day === null ? null : dayText(day);
}

function monthsFrom(first: number, asOf: LocalDay): number {
  return monthNumber(asOf) - monthNumber(dayText(first)) + 1;
}

function largestOrder(timeline: Timeline, orders: number): Purchase | null {
  const at = timeline.largestOf(orders);
  const day = at === null ? undefined : timeline.days[at];
  if (at === null || day === undefined) return null;
  const deals = timeline.history.sales
    .filter((sale) => sale.day === day && sale.minor >= 0)
    .map(({ reference }) => reference)
    .sort();
  return { on: dayText(day), minor: timeline.minors[at] ?? 0, deals: deals.slice(0, NAMED_DEALS) };
}

function problemsOn({ history }: Timeline, today: number): Readonly<Record<string, number>> {
  const { sales, problems } = history;
  if ((sales.at(-1)?.day ?? today) <= today) return problems;
  const future = sales.filter(({ day }) => day > today).length;
  const all = Object.entries({ ...problems, 'date-in-future': future });
  return Object.fromEntries(all.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
