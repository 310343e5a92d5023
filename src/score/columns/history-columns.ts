import type { OrderHistories } from '../clv/history.ts';
import type { BookedOrders } from './order-book.ts';

/**
 * What the models know of the customers who have ordered, as `historiesOf` gives it: time in days,
 * amounts with `minorDigits` digits after the point. `customer` is the position in the columns.
 */
export function historyColumns(
  { size, orders, starts, days, bought, boughtOnFirst }: BookedOrders,
  asOf: number,
  minorDigits: number,
): OrderHistories {
  const buyers = new Uint32Array(size);
  let count = 0;
  for (let customer = 0; customer < size; customer += 1)
    if ((orders[customer] ?? 0) > 0) {
      buyers[count] = customer;
      count += 1;
    }
  const columns = {
    customer: buyers.slice(0, count),
    x: new Float64Array(count),
    tx: new Float64Array(count),
    T: new Float64Array(count),
    spend: new Float64Array(count),
  };
  const unit = 10 ** minorDigits;
  for (let at = 0; at < count; at += 1) {
    const customer = buyers[at] ?? 0;
    const start = starts[customer] ?? 0;
    const repeats = (orders[customer] ?? 0) - 1;
    const first = days[start] ?? 0;
    const again = (bought[customer] ?? 0) - (boughtOnFirst[customer] ?? 0);
    columns.x[at] = repeats;
    columns.tx[at] = (days[start + repeats] ?? 0) - first;
    columns.T[at] = asOf - first;
    columns.spend[at] = repeats === 0 ? 0 : again / repeats / unit;
  }
  return columns;
}
