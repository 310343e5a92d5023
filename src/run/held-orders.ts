import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { BookRules } from '../score/backtest/books.ts';
import { type BookedOrders, OrderBook } from '../score/columns/order-book.ts';
import type { CustomerWithDeals } from '../store/record-store.ts';
import type { RunContext } from './context.ts';
import { personHistory } from './person-history.ts';
import { type Person, withPartners } from './persons.ts';
import { pageSize } from './score-reader.ts';

/** The sales that a connection's store holds, in its home currency. */
export type HeldOrders = {
  readonly currency: string;
  readonly sales: number;
  /** Won deals that cannot be counted, by cause; a deal of several customers counts for each. */
  readonly problems: Readonly<Record<string, number>>;
  /** As columns, by the rules of a book; any number of times. */
  readonly book: (rules: BookRules) => BookedOrders;
};

/** Reads all of them; no call is made. `null` before anybody was scored: the currency is not known. */
export async function heldOrders(ctx: RunContext): Promise<HeldOrders | null> {
  const cuts = await ctx.store.scores.cutPoints(ctx.population.id);
  if (cuts === null) return null;
  const { policy, attribution } = ctx;
  const { currency, coverage } = cuts;
  const together = cuts.over ?? [ctx.connection];
  // Nothing but sales is looked at, which are dated by local days already.
  const world = { homeCurrency: currency, timeZone: 'UTC', policy, attribution, coverage };
  const historyOf = personHistory(ctx, {
    ...world,
    timeZones: new Map(),
    isDuplicate: () => false,
  });
  const held: HeldCustomer[] = [];
  const problems = new Map<string, number>();
  for await (const person of everybody(ctx, together)) {
    const history = historyOf(person, null);
    const { id } = person.customer;
    held.push({ id: new TextEncoder().encode(id), sales: history.sales });
    for (const [cause, count] of Object.entries(history.problems))
      problems.set(cause, (problems.get(cause) ?? 0) + count);
  }
  return {
    currency,
    sales: held.reduce((sum, { sales }) => sum + sales.length, 0),
    problems: Object.fromEntries(problems),
    book: (rules) => booked(held, rules),
  };
}

type HeldCustomer = {
  readonly id: Uint8Array;
  readonly sales: readonly { readonly day: number; readonly minor: number }[];
};

async function* everybody(
  ctx: RunContext,
  together: readonly ConnectionId[],
): AsyncGenerator<Person> {
  let after: RecordId | null = null;
  for (;;) {
    ctx.signal.throwIfAborted();
    const page: readonly CustomerWithDeals[] = await ctx.store.records.page(ctx.connection, {
      after,
      limit: pageSize,
      whom: 'all',
    });
    const last = page.at(-1);
    if (last === undefined) return;
    yield* await withPartners({ store: ctx.store, together }, ctx.connection, page);
    after = last.customer.id;
  }
}

/** A book has no room for days before 1970. */
function booked(held: readonly HeldCustomer[], rules: BookRules): BookedOrders {
  const { asOf, windowFrom, zeroAmount, refunds } = rules;
  const book = new OrderBook(windowFrom);
  for (const { id, sales } of held)
    for (const { day, minor } of sales) {
      if (day < 0 || day > asOf) continue;
      if (minor === 0 && zeroAmount === 'ignored') continue;
      if (minor < 0 && refunds === 'ignored') continue;
      book.add(id, 0, id.length, day, minor);
    }
  return book.close();
}
