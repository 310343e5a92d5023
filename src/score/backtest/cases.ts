import type { Policy } from '../../policy/schema.ts';
import type { Fit } from '../clv/fit.ts';
import { customerColumns } from '../columns/customer-columns.ts';
import type { LookAhead, PredictedOrders, ScoredOrders } from '../columns/score-orders.ts';
import { predictOrders, scoreOrders } from '../columns/score-orders.ts';
import { bookRules } from './book-rules.ts';
import type { BacktestBooks } from './books.ts';
import { frozenTiers } from './frozen-tiers.ts';
import { type Period, periodOf } from './period.ts';

/** What is tested, and how. Days since 1970-01-01. */
export type BacktestTerms = {
  readonly policy: Policy;
  readonly asOf: number;
  /** Whole days. */
  readonly horizonDays: number;
  readonly minorDigits: number;
  readonly ahead: Omit<LookAhead, 'horizonDays'>;
};

/**
 * Whoever had ordered by the as-of day, one row each, by id: what was said of them on that day, and
 * what they did within the horizon. Amounts in units of the currency; but for the two of windows,
 * refunds are not looked at.
 */
export type Cases = {
  readonly size: number;
  /** Places in the policy's tiers, or -1; at the end by the cut points of the as-of day. */
  readonly tier: Int8Array;
  readonly tierAtEnd: Int8Array;
  /** Net of refunds in the policy's window that ends with the as-of day, and in that at the end. */
  readonly windowNet: Float64Array;
  readonly windowNetAtEnd: Float64Array;
  /** Keys. */
  readonly segment: readonly string[];
  /** 0–100, -1 where unknown. */
  readonly loyalty: Float64Array;
  readonly value: Float64Array;
  readonly alive: Float64Array;
  readonly buys: Float64Array;
  readonly expectedOrders: Float64Array;
  readonly expectedSpend: Float64Array;
  readonly lifetimeValue: Float64Array;
  /** Days since 1970-01-01. */
  readonly lastDay: Float64Array;
  readonly pastSpend: Float64Array;
  readonly pastRepeatSpend: Float64Array;
  /** Repeat orders and their amount in as many days before the as-of day as the horizon has. */
  readonly lastOrders: Float64Array;
  readonly lastSpend: Float64Array;
  /** Repeat orders and their amount since the first order, carried on over the horizon. */
  readonly rateOrders: Float64Array;
  readonly rateSpend: Float64Array;
  readonly nextOrders: Float64Array;
  readonly nextSpend: Float64Array;
  /** 1 for who ordered within the horizon. */
  readonly bought: Float64Array;
  /** First orders within the horizon: nobody that day could say anything of them. */
  readonly newcomers: Period['others'];
  /** Customers with refunds and no order. */
  readonly refundsOnly: number;
  readonly fit: Fit;
  readonly cuts: ScoredOrders['scores']['cuts'];
  readonly base: ScoredOrders['scores']['base'];
};

/** Scores everybody as of the day with what was known on it, and looks up what came. */
export function casesOf(books: BacktestBooks, terms: BacktestTerms): Cases {
  const { policy, asOf, horizonDays, minorDigits, ahead } = terms;
  const scored = scoreOrders(books.past, policy, asOf, minorDigits);
  const predicted = predictOrders(books.past, asOf, minorDigits, { ...ahead, horizonDays });
  const ids = Array.from(predicted.customer, (customer) => books.past.idOf(customer));
  const order = Uint32Array.from(ids.keys()).sort((one, other) => byText(ids[one], ids[other]));
  const rows = new Map(Array.from(order, (at, row) => [ids[at] ?? '', row]));
  const rules = bookRules(policy, asOf, horizonDays);
  const period = (book: 'next' | 'lastPeriod') =>
    periodOf(books[book], {
      rows,
      windowFrom: rules[book].windowFrom,
      minorDigits,
      repeatsOnly: book === 'lastPeriod',
    });
  const [last, next] = [period('lastPeriod'), period('next')];
  const past = pastColumns(books, scored, predicted, order, terms);
  return {
    size: order.length,
    ...past,
    ...atEnd(books, scored, terms, rows),
    lastOrders: last.orders,
    lastSpend: last.spend,
    nextOrders: next.orders,
    nextSpend: next.spend,
    bought: next.orders.map((orders) => (orders > 0 ? 1 : 0)),
    newcomers: next.others,
    refundsOnly: books.past.size - order.length,
    fit: predicted.fit,
    cuts: scored.scores.cuts,
    base: scored.scores.base,
  };
}

function pastColumns(
  { past }: BacktestBooks,
  { customers, scores }: ScoredOrders,
  { customer, history, predictions }: PredictedOrders,
  order: Uint32Array,
  { policy, horizonDays, minorDigits }: BacktestTerms,
) {
  const unit = 10 ** minorDigits;
  const weeks = horizonDays / 7;
  const column = (read: (at: number, customer: number) => number): Float64Array =>
    Float64Array.from(order, (at) => read(at, customer[at] ?? 0));
  const expected = predictions.orders.map(
    (orders, at) => orders * (predictions.spendPerOrder[at] ?? 0),
  );
  const repeatMinor = (who: number) => (past.bought[who] ?? 0) - (past.boughtOnFirst[who] ?? 0);
  /** Since the first order; of who ordered first today nothing can be carried on. */
  const perHorizon = (at: number) => ((history.T[at] ?? 0) > 0 ? weeks / (history.T[at] ?? 1) : 0);
  return {
    tier: Int8Array.from(order, (at) => scores.tier[customer[at] ?? 0] ?? 0),
    segment: Array.from(order, (at) => segmentOf(scores, policy, customer[at] ?? 0)),
    loyalty: column((_, who) => customers.loyalty[who] ?? 0),
    value: column((_, who) => scores.value[who] ?? 0),
    alive: column((at) => predictions.alive[at] ?? 0),
    buys: column((at) => predictions.buys[at] ?? 0),
    expectedOrders: column((at) => predictions.orders[at] ?? 0),
    expectedSpend: column((at) => expected[at] ?? 0),
    lifetimeValue: column((at) => predictions.lifetimeValue[at] ?? 0),
    windowNet: column((_, who) => (customers.netInWindow[who] ?? 0) / unit),
    lastDay: column((_, who) => customers.lastDay[who] ?? 0),
    pastSpend: column((_, who) => (past.bought[who] ?? 0) / unit),
    pastRepeatSpend: column((_, who) => repeatMinor(who) / unit),
    rateOrders: column((at) => (history.x[at] ?? 0) * perHorizon(at)),
    rateSpend: column((at, who) => (repeatMinor(who) / unit) * perHorizon(at)),
  };
}

function segmentOf(
  { recency, frequency, monetary }: ScoredOrders['scores'],
  policy: Policy,
  who: number,
): string {
  const cell =
    ((recency[who] ?? 1) - 1) * 25 + ((frequency[who] ?? 1) - 1) * 5 + ((monetary[who] ?? 1) - 1);
  return policy.segments.cells[cell] ?? '';
}

function atEnd(
  { end }: BacktestBooks,
  { scores }: ScoredOrders,
  { policy, asOf, horizonDays, minorDigits }: BacktestTerms,
  rows: ReadonlyMap<string, number>,
) {
  const customers = customerColumns(end, policy, asOf + horizonDays);
  const tiers = frozenTiers(customers, policy, scores.cuts);
  const found = {
    tierAtEnd: new Int8Array(rows.size),
    windowNetAtEnd: new Float64Array(rows.size),
  };
  for (let customer = 0; customer < end.size; customer += 1) {
    const row = rows.get(end.idOf(customer));
    if (row === undefined) continue;
    found.tierAtEnd[row] = tiers[customer] ?? 0;
    found.windowNetAtEnd[row] = (customers.netInWindow[customer] ?? 0) / 10 ** minorDigits;
  }
  return found;
}

function byText(one = '', other = ''): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
