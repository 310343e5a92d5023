import type { History } from '../clv/nbd-params.ts';
import type { Timeline } from '../timeline.ts';

/** What the models know of one customer, in days; amounts in home minor units. */
export type OrderHistory = History & {
  /** Mean amount of the repeat orders; 0 without one. */
  readonly spend: number;
};

/**
 * The first `orders` purchases as the models read them: the first is no repeat, those of one local
 * day are one, refunds are not looked at. `today` is on or after the last of them; `null` without one.
 */
export function orderHistory(
  timeline: Timeline,
  orders: number,
  today: number,
): OrderHistory | null {
  const { days, minors } = timeline;
  const [first, last] = [days[0], days[orders - 1]];
  if (first === undefined || last === undefined) return null;
  const x = orders - 1;
  let bought = 0;
  for (let at = 1; at < orders; at += 1) bought += minors[at] ?? 0;
  return { x, tx: last - first, T: today - first, spend: x === 0 ? 0 : bought / x };
}
