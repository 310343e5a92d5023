import type { Purchase } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { UsableDeal } from './usable-deals.ts';

/** References that a purchase names at most. */
const NAMED_DEALS = 10;

/** One day's purchase while it is being added up. */
export type DayTotal = {
  readonly on: LocalDay;
  readonly day: number;
  readonly minor: number;
};

/** Purchases in order of their days: an amount of 0 is one, a refund is not. */
export function mergeByDay(deals: readonly UsableDeal[]): readonly DayTotal[] {
  const totals = new Map<number, DayTotal>();
  for (const { on, day, minor } of deals) {
    if (minor < 0) continue;
    totals.set(day, { on, day, minor: minor + (totals.get(day)?.minor ?? 0) });
  }
  return [...totals.values()].sort((left, right) => left.day - right.day);
}

/** The purchase of the highest amount, the latest of equal ones, with its deals. */
export function largestPurchase(
  purchases: readonly DayTotal[],
  deals: readonly UsableDeal[],
): Purchase | null {
  const first = purchases[0];
  if (first === undefined) return null;
  const { on, day, minor } = purchases.reduce(
    (best, next) => (next.minor >= best.minor ? next : best),
    first,
  );
  const references = deals
    .filter((deal) => deal.day === day && deal.minor >= 0)
    .map(({ reference }) => reference)
    .sort();
  return { on, minor, deals: references.slice(0, NAMED_DEALS) };
}
