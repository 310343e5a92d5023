import { dayText } from '../domain/day.ts';
import { decimalText } from '../domain/money.ts';
import type { Policy } from '../policy/schema.ts';
import { NONE } from '../score/columns/none.ts';
import type { PredictedOrders, ScoredOrders } from '../score/columns/score-orders.ts';

/** Columns of the file of scores. Where there is nothing to say a field is empty. */
export const scoreColumnNames = [
  'customer_id',
  'orders',
  'first_order',
  'last_order',
  'net_amount',
  'x',
  't_x',
  'T',
  'r',
  'f',
  'm',
  'segment',
  'value_score',
  'value_tier',
  'loyalty_score',
  'p_alive',
  'p_buys',
  'expected_orders',
  'expected_spend_per_order',
  'clv',
  'orders_in_window',
  'net_amount_in_window',
] as const;

/** Everybody's line in the file. */
export type ScoresTable = ScoredOrders &
  PredictedOrders & { readonly policy: Policy; readonly currency: string };

/** From `x` to `clv`. */
const NO_ORDER = ','.repeat(15);
const ROWS_A_PIECE = 4096;

/** The file's text in pieces, each of whole lines and ending in one. */
export function* scoresCsv(table: ScoresTable): Generator<string> {
  yield `${scoreColumnNames.join(',')}\n`;
  const { size } = table.customers;
  const lineOf = lineWriter(table);
  const cursor = predictedCursor(table);
  for (let from = 0; from < size; from += ROWS_A_PIECE) {
    let piece = '';
    for (let row = from; row < Math.min(size, from + ROWS_A_PIECE); row += 1)
      piece += lineOf(row, cursor(row));
    yield piece;
  }
}

/** Where a customer stands among those who have ordered, customers asked for in turn. */
function predictedCursor({ customer }: PredictedOrders): (row: number) => number {
  let next = 0;
  return (row) => {
    if (customer[next] !== row) return NONE;
    next += 1;
    return next - 1;
  };
}

function lineWriter(table: ScoresTable) {
  const { customers, scores, policy, history, predictions, currency } = table;
  const dayOf = memoized(dayText);
  const money = (minor: number): string => decimalText({ minor, currency });
  const text = (score: number): string => (score === NONE ? '' : String(score));
  return (row: number, at: number): string => {
    const id = quoted(customers.idOf(row));
    const net = money(customers.netEver[row] ?? 0);
    const window = `${customers.ordersInWindow[row] ?? 0},${money(customers.netInWindow[row] ?? 0)}\n`;
    if (at === NONE) return `${id},0,,,${net}${NO_ORDER},${window}`;
    const [first, last] = [dayOf(customers.firstDay[row] ?? 0), dayOf(customers.lastDay[row] ?? 0)];
    const [r, f, m] = [
      scores.recency[row] ?? 0,
      scores.frequency[row] ?? 0,
      scores.monetary[row] ?? 0,
    ];
    const segment = policy.segments.cells[(r - 1) * 25 + (f - 1) * 5 + (m - 1)] ?? '';
    const tier = scores.cuts.tiers[scores.tier[row] ?? NONE]?.key ?? '';
    const past = `${history.x[at]},${history.tx[at]},${history.T[at]}`;
    const scored = `${r},${f},${m},${segment},${text(scores.value[row] ?? NONE)},${tier},${text(customers.loyalty[row] ?? NONE)}`;
    const { alive, buys, orders, spendPerOrder, lifetimeValue } = predictions;
    const ahead = `${alive[at]},${buys[at]},${orders[at]},${spendPerOrder[at]},${lifetimeValue[at]}`;
    return `${id},${customers.orders[row]},${first},${last},${net},${past},${scored},${ahead},${window}`;
  };
}

function memoized(textOf: (day: number) => string): (day: number) => string {
  const known: string[] = [];
  return (day) => {
    const before = known[day];
    if (before !== undefined) return before;
    const text = textOf(day);
    known[day] = text;
    return text;
  };
}

/** A spreadsheet would take these for formulas; a signed number is none. */
const formula = /^[=+\-@\t\r](?!\d+(?:\.\d+)?$)/;

function quoted(id: string): string {
  const text = formula.test(id) ? `'${id}` : id;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
