import { dayNumber, dayText, monthNumber } from '../../domain/day.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Rhythm } from '../repeat.ts';
import { firstDayOfWindow } from '../signals.ts';
import { NONE } from './none.ts';
import type { BookedOrders } from './order-book.ts';
import { twiceMedian } from './ordered-days.ts';
import { repeatScores } from './repeat-scores.ts';

/** Every customer's signals, one column each; equal positions are one customer. */
export type CustomerColumns = {
  readonly idOf: (customer: number) => string;
  readonly size: number;
  /** Days with an order: ever, and inside the policy's window. 0 for who only has refunds. */
  readonly orders: Int32Array;
  readonly ordersInWindow: Int32Array;
  /** Days since 1970-01-01, `NONE` without an order. */
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  /** Minor units, net of refunds. */
  readonly netEver: Float64Array;
  readonly netInWindow: Float64Array;
  /** Minor units ordered in all, and on the first day, refunds not looked at. */
  readonly bought: Float64Array;
  readonly boughtOnFirst: Float64Array;
  /** Loyalty score 0–100, `NONE` where it is unknown. */
  readonly loyalty: Int8Array;
};

/**
 * The same signals as `signalsAt` gives for the same orders of each customer, and the loyalty score
 * that they make where referrals and events are unknown.
 */
export function customerColumns(
  booked: BookedOrders,
  policy: Policy,
  asOf: number,
): CustomerColumns {
  const { idOf, size, orders, netEver, netInWindow, bought, boughtOnFirst } = booked;
  const columns = {
    ordersInWindow: new Int32Array(size),
    firstDay: new Int32Array(size).fill(NONE),
    lastDay: new Int32Array(size).fill(NONE),
    loyalty: new Int8Array(size).fill(NONE),
  };
  const opening = firstDayOfWindow(asOf, policy.windowMonths);
  const rhythmOf = rhythmReader(booked, asOf);
  const loyaltyOf = repeatScores(policy);
  for (let customer = 0; customer < size; customer += 1) {
    const from = booked.starts[customer] ?? 0;
    const to = from + (orders[customer] ?? 0);
    if (from === to) continue;
    columns.firstDay[customer] = booked.days[from] ?? 0;
    columns.lastDay[customer] = booked.days[to - 1] ?? 0;
    columns.ordersInWindow[customer] = countFrom(booked.days, from, to, opening);
    columns.loyalty[customer] = loyaltyOf(rhythmOf(from, to));
  }
  return { idOf, size, orders, ...columns, netEver, netInWindow, bought, boughtOnFirst };
}

function countFrom(days: Int32Array, from: number, to: number, opening: number): number {
  let at = to;
  while (at > from && (days[at - 1] ?? 0) >= opening) at -= 1;
  return to - at;
}

/** Reads the rhythm of sorted, distinct days. */
function rhythmReader({ days, orders }: BookedOrders, asOf: number) {
  const months = monthsOfDays(asOf);
  const thisMonth = months[asOf] ?? 0;
  const gaps = new Int32Array(orders.reduce((most, count) => Math.max(most, count), 0));
  return (from: number, to: number): Rhythm => {
    const first = days[from] ?? 0;
    let before = first;
    let month = months[first] ?? 0;
    let monthsWithOrder = 1;
    for (let at = from + 1; at < to; at += 1) {
      const day = days[at] ?? 0;
      gaps[at - from - 1] = day - before;
      const monthOfDay = months[day] ?? 0;
      monthsWithOrder += monthOfDay === month ? 0 : 1;
      before = day;
      month = monthOfDay;
    }
    const twice = to - from < 2 ? null : twiceMedian(gaps, to - from - 1);
    return {
      daysSinceLastOrder: asOf - before,
      monthsSinceFirst: thisMonth - (months[first] ?? 0) + 1,
      monthsWithOrder,
      medianGapDays: twice === null ? null : twice / 2,
      gapSpreadDays: twice === null || to - from < 3 ? null : spread(gaps, to - from - 1, twice),
    };
  };
}

/** The calendar month of each day from 1970-01-01 to `asOf`, as `monthNumber` counts them. */
function monthsOfDays(asOf: number): Uint16Array {
  const months = new Uint16Array(asOf + 1);
  for (let [month, from] = [monthNumber(dayText(0)), 0]; from <= asOf; month += 1) {
    const next = month + 1;
    const text = `${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}-01`;
    const to = dayNumber(text) ?? asOf + 1;
    months.fill(month, from, to);
    from = to;
  }
  return months;
}

/** Median distance from the median; halves are counted double, to stay whole. */
function spread(gaps: Int32Array, size: number, twice: number): number {
  for (let at = 0; at < size; at += 1) gaps[at] = Math.abs(2 * (gaps[at] ?? 0) - twice);
  return twiceMedian(gaps, size) / 4;
}
