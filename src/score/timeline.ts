import { dayText, monthNumber } from '../domain/day.ts';
import type { CustomerHistory, Sale } from '../domain/history.ts';
import { countUpTo } from './count-up-to.ts';
import { type Gaps, gapsOf } from './gaps.ts';

/**
 * A history laid out so that any day's signals cost a few look-ups: purchases merged by local day
 * with running totals. An amount of 0 is a purchase unless the policy says otherwise; a refund is not.
 */
export class Timeline {
  readonly history: CustomerHistory;
  /** Days with a purchase, ascending, and what was bought on each. */
  readonly days: readonly number[];
  readonly minors: readonly number[];
  /** Calendar months with a purchase among the first so many purchases, less one. */
  readonly months: readonly number[];
  /** Sales that have a due day. */
  readonly dues: readonly Sale[];
  readonly #saleDays: readonly number[];
  readonly #net: readonly number[];
  readonly #refunded: readonly number[];
  readonly #largest: readonly number[];
  readonly #gaps = new Map<number, Gaps>();

  constructor(history: CustomerHistory, rule: PurchaseRule) {
    this.history = history;
    const counted = history.sales.filter(({ minor }) => counts(minor, rule));
    const purchases = mergedByDay(counted.filter(({ minor }) => minor >= 0));
    this.days = [...purchases.keys()];
    this.minors = [...purchases.values()];
    this.months = monthsUpTo(this.days);
    this.dues = counted.filter(({ minor, dueDay }) => minor >= 0 && dueDay !== undefined);
    this.#saleDays = counted.map(({ day }) => day);
    this.#net = runningTotals(counted.map(({ minor }) => minor));
    this.#refunded = runningTotals(counted.map(({ minor }) => Math.max(0, -minor)));
    this.#largest = largestUpTo(this.minors);
  }

  /** Purchases up to the end of `day`. */
  ordersUpTo(day: number): number {
    return countUpTo(this.days, day);
  }

  /** Net of refunds up to the end of `day`, home minor units. */
  netUpTo(day: number): number {
    return this.#net[countUpTo(this.#saleDays, day) - 1] ?? 0;
  }

  /** What refunds took back up to the end of `day`: not negative. */
  refundedUpTo(day: number): number {
    return this.#refunded[countUpTo(this.#saleDays, day) - 1] ?? 0;
  }

  /** Which of the first `orders` purchases is the largest, the latest of equal ones. */
  largestOf(orders: number): number | null {
    return this.#largest[orders - 1] ?? null;
  }

  /** The rhythm of the first `orders` purchases. */
  gapsOf(orders: number): Gaps {
    const known = this.#gaps.get(orders);
    if (known !== undefined) return known;
    const gaps = gapsOf(this.days.slice(0, orders));
    this.#gaps.set(orders, gaps);
    return gaps;
  }

  /** The first day after `day` with a purchase or a refund; infinite without one. */
  nextSaleAfter(day: number): number {
    return this.#saleDays[countUpTo(this.#saleDays, day)] ?? Number.POSITIVE_INFINITY;
  }
}

/** The part of the policy that says what counts. */
export type PurchaseRule = {
  readonly zeroAmount: 'order' | 'ignored';
  readonly refunds: 'subtracted' | 'ignored';
};

function counts(minor: number, { zeroAmount, refunds }: PurchaseRule): boolean {
  if (minor === 0) return zeroAmount === 'order';
  return minor > 0 || refunds === 'subtracted';
}

/** Of sales in the order of their days. */
function mergedByDay(purchases: readonly Sale[]): ReadonlyMap<number, number> {
  const totals = new Map<number, number>();
  for (const { day, minor } of purchases) totals.set(day, minor + (totals.get(day) ?? 0));
  return totals;
}

function runningTotals(values: readonly number[]): readonly number[] {
  let total = 0;
  return values.map((value) => {
    total += value;
    return total;
  });
}

function monthsUpTo(days: readonly number[]): readonly number[] {
  let [months, last] = [0, Number.NaN];
  return days.map((day) => {
    const month = monthNumber(dayText(day));
    if (month !== last) months += 1;
    last = month;
    return months;
  });
}

function largestUpTo(minors: readonly number[]): readonly number[] {
  let best = 0;
  return minors.map((minor, at) => {
    if (minor >= (minors[best] ?? 0)) best = at;
    return best;
  });
}
