import { AssayError } from '../../domain/assay-error.ts';
import { dayNumber, dayText } from '../../domain/day.ts';
import { minorDigits } from '../../domain/money.ts';
import type { RunContext } from '../../run/context.ts';
import { type HeldOrders, heldOrders } from '../../run/held-orders.ts';
import type { ReadableSide } from '../../run/policy-side.ts';
import { backtest } from '../../score/backtest/backtest.ts';
import { readBacktestOrders } from '../backtest-books.ts';
import { latestDay } from '../flags.ts';
import { type BacktestDocument, backtestDocument } from '../views/backtest-document.ts';

/** A policy, as its figures are headed. */
export type TestedPolicy = Pick<ReadableSide, 'policy' | 'name' | 'version'>;

/** What a day in the past is chosen by. */
export type BacktestWish = {
  /** Days since 1970-01-01; `null`: chosen. */
  readonly past: number | null;
  readonly horizonDays: number | null;
};

/** The same past day and the same future by two policies. */
export type BothTested =
  | { readonly kind: 'tested'; readonly before: BacktestDocument; readonly after: BacktestDocument }
  | { readonly kind: 'untested'; readonly because: string };

/** Half a year is looked ahead where the orders reach so far, a third of them where they do not. */
const usualHorizon = 182;
/** Orders of fewer days tell nothing of a future. */
const leastReach = 60;

/** Both on the orders that a connection's store holds, read once; no call is made. */
export async function backtestBoth(
  ctx: RunContext,
  sides: { readonly before: TestedPolicy; readonly after: TestedPolicy },
  wish: BacktestWish,
): Promise<BothTested> {
  const held = await heldOrders(ctx);
  const days = held === null ? null : daysFor(held, wish);
  if (held === null || days === null)
    return { kind: 'untested', because: `the orders reach over less than ${leastReach} days` };
  try {
    const tested = async (side: TestedPolicy) => await testOne(ctx, held, side, days);
    const before = await tested(sides.before);
    return { kind: 'tested', before, after: await tested(sides.after) };
  } catch (error) {
    if (error instanceof AssayError && error.code === 'USAGE_INVALID')
      return { kind: 'untested', because: error.message };
    throw error;
  }
}

type Days = { readonly asOf: number; readonly horizonDays: number };

function daysFor({ first, last }: HeldOrders, { past, horizonDays }: BacktestWish): Days | null {
  if (first === null || last === null) return null;
  const end = Math.min(last, dayNumber(latestDay()) ?? last);
  const reach = end - first;
  if (reach < leastReach) return null;
  const usual = Math.min(usualHorizon, Math.floor(reach / 3));
  const asOf = past ?? end - (horizonDays ?? usual);
  return { asOf, horizonDays: horizonDays ?? Math.min(usual, Math.max(1, end - asOf)) };
}

async function testOne(
  { connection }: RunContext,
  held: HeldOrders,
  { policy, name, version }: TestedPolicy,
  { asOf, horizonDays }: Days,
): Promise<BacktestDocument> {
  const { currency, sales, problems } = held;
  const leftOut = Object.entries(problems).map(([cause, count]) => ({
    ...{ why: `cannot be counted: ${cause}`, count, lines: [] },
  }));
  const read = { currency, minorDigits: minorDigits(currency), rows: sales, leftOut };
  const source: Parameters<typeof readBacktestOrders>[0] = (rules) =>
    Promise.resolve({ orders: held.book(rules), ...read });
  const orders = await readBacktestOrders(source, { policy, asOf, horizonDays });
  const { model, years, margin, discount } = policy.lifetime;
  const ahead = { years, margin, discount, model };
  const terms = { policy, asOf, horizonDays: orders.horizonDays, minorDigits: orders.minorDigits };
  return backtestDocument({
    name: `connection ${connection} on ${dayText(asOf)}`,
    ...{ policyFile: name, policyVersion: version, ahead, orders },
    result: backtest(orders.books, { ...terms, ahead }),
  });
}
