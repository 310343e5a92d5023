import type { Sale } from '../../domain/history.ts';
import type { Bonus } from './activation.ts';
import { type Lot, LotBook } from './lot-book.ts';
import type { PointsRules } from './rules.ts';

/** Points that were used up on a day; the CRM's deals do not show it [C6]. */
export type Redemption = { readonly day: number; readonly points: number };

/** What a points account holds besides what deals earn. */
export type BesideDeals = {
  readonly bonus?: Bonus | null;
  readonly redemptions?: readonly Redemption[];
};

/** A points account on one day: `earned − expired − undone − redeemed` is `balance`. */
export type Ledger = {
  /** Every deal that earned points and the bonus, by day. */
  readonly lots: readonly Lot[];
  readonly earned: number;
  readonly expired: number;
  readonly undone: number;
  readonly redeemed: number;
  /** Never negative; the sum of what is left of the lots. */
  readonly balance: number;
};

/**
 * The points ledger that follows from a customer's sales [C1, C3, C4] and a bonus [C5]. Each deal earns the whole points
 * of its amount, times the birthday's factor in the month of the birthday (an unknown one: once), and
 * keeps them for so many months. A refund undoes the lot it came from, found by its reference, else
 * the newest lots before it: the lot's points become those of the amount that remains, rounded down
 * anew, less what is lapsed or redeemed already. A refund of more than was ever bought undoes no more
 * than there is. A bonus is a lot that no refund touches. Redemptions use the oldest points first.
 * Where one currency earns, deals of others neither earn nor undo.
 *
 * Within a day what lapses goes first, then the bonus, purchases, refunds and redemptions. `sales` come as
 * a history holds them; what is after `asOf` has not happened yet.
 */
export function ledgerOf(
  sales: readonly Sale[],
  rules: PointsRules,
  birthMonth: number | null,
  asOf: number,
  beside: BesideDeals = {},
): Ledger {
  const book = new LotBook(rules, birthMonth);
  for (const { day, book: enter } of entriesOf(sales, rules, asOf, beside)) {
    book.expireUpTo(day);
    enter(book);
  }
  book.expireUpTo(asOf);
  return { lots: book.lots.filter(({ points }) => points > 0), ...book.totals };
}

type Entry = { readonly day: number; readonly rank: number; readonly book: (to: LotBook) => void };

function entriesOf(
  sales: readonly Sale[],
  { undoes, foreignEarns }: PointsRules,
  asOf: number,
  { bonus = null, redemptions = [] }: BesideDeals,
): readonly Entry[] {
  const entries: Entry[] = [];
  if (bonus !== null) entries.push({ day: bonus.day, rank: 0, book: (to) => to.grant(bonus) });
  for (const sale of sales) {
    const { day, minor } = sale;
    if (sale.currency !== undefined && !foreignEarns) continue;
    if (minor > 0) entries.push({ day, rank: 1, book: (to) => to.earn(sale) });
    if (minor < 0 && undoes) entries.push({ day, rank: 2, book: (to) => to.undo(sale) });
  }
  for (const { day, points } of redemptions)
    entries.push({ day, rank: 3, book: (to) => to.redeem(points) });
  return entries
    .filter(({ day }) => day <= asOf)
    .sort((left, right) => left.day - right.day || left.rank - right.rank);
}
