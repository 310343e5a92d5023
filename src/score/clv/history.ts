import type { Histories } from './cells.ts';

/** Orders as columns, in any order: whose (a number from 0), on which local day, of which amount. */
export type Orders = {
  readonly customer: Uint32Array;
  /** Days since 1970-01-01. */
  readonly day: Int32Array;
  /** In one currency. Below 0 it is a refund, not an order; 0 is an order. */
  readonly amount: Float64Array;
};

/** Histories in days; equal positions are one customer. */
export type OrderHistories = Histories & {
  /** The customer's number in the orders. */
  readonly customer: Uint32Array;
  /** Mean amount of a day with repeat orders; 0 without one. */
  readonly spend: Float64Array;
};

/**
 * What the models know of the customers who have ordered up to `asOf`: the orders of one local day
 * are one, its first day is not a repeat. Refunds and later orders are not looked at.
 */
export function historiesOf({ customer, day, amount }: Orders, asOf: number): OrderHistories {
  const counts = (row: number): boolean => (amount[row] ?? -1) >= 0 && (day[row] ?? asOf) <= asOf;
  const rows = Uint32Array.from(customer.keys()).filter(counts);
  const starts = startsByCustomer(customer, rows);
  const byCustomer = scattered(customer, rows, starts);
  const buyers = Uint32Array.from(starts.keys()).filter(
    (who) => (starts[who + 1] ?? 0) > (starts[who] ?? 0),
  );
  const columns = {
    customer: buyers,
    x: new Float64Array(buyers.length),
    tx: new Float64Array(buyers.length),
    T: new Float64Array(buyers.length),
    spend: new Float64Array(buyers.length),
  };
  for (const [at, who] of buyers.entries()) {
    const own = byCustomer.subarray(starts[who] ?? 0, starts[who + 1] ?? 0);
    own.sort((left, right) => (day[left] ?? 0) - (day[right] ?? 0));
    const { first, last, repeats, repeatAmount } = summary(own, day, amount);
    columns.x[at] = repeats;
    columns.tx[at] = last - first;
    columns.T[at] = asOf - first;
    columns.spend[at] = repeats === 0 ? 0 : repeatAmount / repeats;
  }
  return columns;
}

/** Where each customer's rows begin, when rows lie customer by customer; one entry more at the end. */
function startsByCustomer(customer: Uint32Array, rows: Uint32Array): Uint32Array {
  const most = rows.reduce((highest, row) => Math.max(highest, customer[row] ?? 0), -1);
  const starts = new Uint32Array(most + 2);
  for (const row of rows) {
    const next = (customer[row] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let who = 1; who < starts.length; who += 1)
    starts[who] = (starts[who] ?? 0) + (starts[who - 1] ?? 0);
  return starts;
}

/** The rows, customer by customer. */
function scattered(customer: Uint32Array, rows: Uint32Array, starts: Uint32Array): Uint32Array {
  const next = starts.slice();
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    const who = customer[row] ?? 0;
    const at = next[who] ?? 0;
    sorted[at] = row;
    next[who] = at + 1;
  }
  return sorted;
}

/** Of rows in the order of their days. */
function summary(own: Uint32Array, day: Int32Array, amount: Float64Array) {
  const first = day[own[0] ?? 0] ?? 0;
  let [last, repeats, repeatAmount] = [first, 0, 0];
  for (const row of own) {
    const on = day[row] ?? 0;
    if (on > last) repeats += 1;
    if (on > first) repeatAmount += amount[row] ?? 0;
    last = on;
  }
  return { first, last, repeats, repeatAmount };
}
