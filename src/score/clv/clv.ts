import type { ModelName } from '../../domain/models.ts';
import { models } from './models.ts';
import type { History, NbdParams } from './nbd-params.ts';
import { type TimeUnit, unitsPerYear } from './time-unit.ts';

/** Ends of periods at which money is counted. */
const PERIODS_PER_YEAR = 12;

/** How much of which future money counts. */
export type ValueTerms = {
  /** Years of 365.25 days from the day of asking. */
  readonly years: number;
  /** The share of an order's amount that is earned: 0 to 1. */
  readonly margin: number;
  /** Of a year: at 0.1, one in a year is worth 1 / 1.1 today. */
  readonly discount: number;
};

/** Whose orders are valued: a fit's parameters, and the customer's past in its unit. */
type Valued = {
  readonly model: ModelName;
  readonly unit: TimeUnit;
  readonly params: NbdParams;
  readonly history: History;
  /** Expected amount per order, as `expectedSpend` gives it. */
  readonly spendPerOrder: number;
};

/**
 * What the customer's future orders are worth today, in the currency of `spendPerOrder`: the orders
 * expected in each twelfth of a year, times amount and margin, as if paid at its end (so rather too
 * little than too much), discounted by the year. Orders made already do not count. The horizon's last
 * period may be shorter than the others.
 */
export function lifetimeValue({ spendPerOrder, ...valued }: Valued, terms: ValueTerms): number {
  checkTerms(terms, spendPerOrder);
  const { model, unit, params, history } = valued;
  const periods = Math.ceil(terms.years * PERIODS_PER_YEAR);
  let [orders, discounted] = [0, 0];
  for (let period = 1; period <= periods; period += 1) {
    const end = Math.min(terms.years, period / PERIODS_PER_YEAR);
    const until = models[model].expectedOrders(params, history, end * unitsPerYear(unit));
    discounted += (until - orders) / (1 + terms.discount) ** end;
    orders = until;
  }
  return discounted * spendPerOrder * terms.margin;
}

/** @throws RangeError for what no money can be counted by. */
function checkTerms({ years, margin, discount }: ValueTerms, spendPerOrder: number): void {
  const isUsable =
    years >= 0 && years <= 100 && margin >= 0 && margin <= 1 && discount >= 0 && discount < 1e6;
  if (!isUsable)
    throw new RangeError(`Not terms: ${years} years, margin ${margin}, discount ${discount}`);
  if (!(spendPerOrder >= 0 && spendPerOrder < Number.POSITIVE_INFINITY))
    throw new RangeError(`Not an amount per order: ${spendPerOrder}`);
}
