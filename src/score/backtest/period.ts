import type { BookedOrders } from '../columns/order-book.ts';

/** What each of some customers ordered in a book's window, equal positions with their rows. */
export type Period = {
  /** Days with an order. */
  readonly orders: Float64Array;
  /** In units of the currency. */
  readonly spend: Float64Array;
  /** Customers with an order in the window who are none of these, and what they spent. */
  readonly others: { readonly customers: number; readonly spend: number };
};

/** Which part of a book is looked at. */
type Wanted = {
  /** Each one's row, by id. */
  readonly rows: ReadonlyMap<string, number>;
  /** First day of the window that the book was made with. */
  readonly windowFrom: number;
  readonly minorDigits: number;
  /** Whether a customer's first order of all is passed over. */
  readonly repeatsOnly: boolean;
};

/** Reads a book without refunds. */
export function periodOf(book: BookedOrders, wanted: Wanted): Period {
  const { rows, windowFrom, repeatsOnly } = wanted;
  const unit = 10 ** wanted.minorDigits;
  const orders = new Float64Array(rows.size);
  const spend = new Float64Array(rows.size);
  const others = { customers: 0, spend: 0 };
  for (let customer = 0; customer < book.size; customer += 1) {
    const start = book.starts[customer] ?? 0;
    const first = book.days[start] ?? 0;
    const isFirstInside = repeatsOnly && first >= windowFrom;
    const inside = daysFrom(book, customer, windowFrom) - (isFirstInside ? 1 : 0);
    const skipped = isFirstInside ? (book.boughtOnFirst[customer] ?? 0) : 0;
    const amount = ((book.netInWindow[customer] ?? 0) - skipped) / unit;
    const row = rows.get(book.idOf(customer));
    if (row !== undefined) {
      orders[row] = inside;
      spend[row] = amount;
    } else if (inside > 0) {
      others.customers += 1;
      others.spend += amount;
    }
  }
  return { orders, spend, others };
}

function daysFrom({ starts, orders, days }: BookedOrders, customer: number, from: number): number {
  const start = starts[customer] ?? 0;
  const end = start + (orders[customer] ?? 0);
  let at = end;
  while (at > start && (days[at - 1] ?? 0) >= from) at -= 1;
  return end - at;
}
