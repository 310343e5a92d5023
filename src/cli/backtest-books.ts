import { dayNumber, dayText } from '../domain/day.ts';
import type { Policy } from '../policy/schema.ts';
import { bookRules } from '../score/backtest/book-rules.ts';
import type { BacktestBooks } from '../score/backtest/books.ts';
import type { BookedOrders } from '../score/columns/order-book.ts';
import { latestDay } from './flags.ts';
import type { OrderRules, OrdersFile } from './order-table.ts';
import { usageInvalid } from './usage-invalid.ts';
import { counted } from './views/figures.ts';

/** Books the same orders by any rules: a file that is read again, or what a store holds. */
export type OrderSource = (rules: OrderRules) => Promise<OrdersFile>;

/** What a backtest is asked for; days since 1970-01-01. */
export type BacktestAsked = {
  readonly policy: Policy;
  readonly asOf: number;
  /** Whole days; `null` for all that the orders hold after the as-of day. */
  readonly horizonDays: number | null;
};

/** Orders booked for a backtest, and what stood in their source. */
export type BacktestOrders = Pick<OrdersFile, 'currency' | 'minorDigits' | 'rows' | 'leftOut'> & {
  readonly books: BacktestBooks;
  readonly horizonDays: number;
  /** Days of the first and the last order. */
  readonly first: number;
  readonly last: number;
};

/**
 * Reads the source once a book. Rows of days to come are left out.
 * @throws AssayError `USAGE_INVALID` where the orders do not reach from before the as-of day to the
 * horizon's end.
 */
export async function readBacktestOrders(
  source: OrderSource,
  { policy, asOf, horizonDays: asked }: BacktestAsked,
): Promise<BacktestOrders> {
  const past = await source(bookRules(policy, asOf, 0).past);
  const { currency, minorDigits } = past;
  // The past says which currency counts: the choice must not know what comes.
  const kept = past.orders.size === 0 ? {} : { currency };
  const read = async (rules: OrderRules): Promise<OrdersFile> => source({ ...rules, ...kept });
  const today = dayNumber(latestDay()) ?? asOf;
  const whole = await read(bookRules(policy, asOf, today - asOf).next);
  const reach = reachOf(whole.orders);
  const horizonDays = checkedHorizon(reach, asOf, asked);
  const rules = bookRules(policy, asOf, horizonDays);
  const isWhole = reach.last === asOf + horizonDays;
  return {
    ...{ currency, minorDigits, rows: whole.rows, leftOut: whole.leftOut, horizonDays, ...reach },
    books: {
      past: past.orders,
      next: isWhole ? whole.orders : (await read(rules.next)).orders,
      lastPeriod: (await read(rules.lastPeriod)).orders,
      end: (await read(rules.end)).orders,
    },
  };
}

type Reach = { readonly first: number; readonly last: number };

/** @throws AssayError `USAGE_INVALID` without any order. */
function reachOf({ size, starts, days, orders }: BookedOrders): Reach {
  let [first, last] = [Number.POSITIVE_INFINITY, -1];
  for (let customer = 0; customer < size; customer += 1) {
    const [start, count] = [starts[customer] ?? 0, orders[customer] ?? 0];
    if (count === 0) continue;
    first = Math.min(first, days[start] ?? 0);
    last = Math.max(last, days[start + count - 1] ?? 0);
  }
  if (last >= 0) return { first, last };
  throw usageInvalid(
    'There is no order to test scores on',
    'Name a file with orders before and after --as-of, all of one currency.',
  );
}

function checkedHorizon({ first, last }: Reach, asOf: number, asked: number | null): number {
  const held = `the orders run from ${dayText(first)} to ${dayText(last)}`;
  if (asOf < first)
    throw usageInvalid(
      `There is no order up to ${dayText(asOf)}: ${held}`,
      'Take an as-of day between the two.',
    );
  if (asOf >= last)
    throw usageInvalid(
      `There is no order after ${dayText(asOf)} to compare with: ${held}`,
      'Take an as-of day between the two.',
    );
  const most = last - asOf;
  if (asked !== null && asked > most)
    throw usageInvalid(
      `--horizon is ${counted(asked, 'day')}, but the orders hold ${most} after ${dayText(asOf)}: ${held}`,
      `Leave --horizon away for all of them, or write --horizon ${most}d or less.`,
    );
  return asked ?? most;
}
