import type { CustomerHistory } from '../domain/history.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { BookRules } from '../score/backtest/books.ts';
import { Column } from '../score/column.ts';
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
  /** Days of the first and the last of them, since 1970-01-01; `null` without any. */
  readonly first: number | null;
  readonly last: number | null;
  /** Won deals that cannot be counted, by cause; a deal of several customers counts for each. */
  readonly problems: Readonly<Record<string, number>>;
  /** As columns, by the rules of a book; any number of times. */
  readonly book: (rules: BookRules) => BookedOrders;
};

/** Reads all of them; no call is made. `null` before anybody was scored: the currency is not known. */
export async function heldOrders(ctx: RunContext): Promise<HeldOrders | null> {
  const cuts = await ctx.store.scores.cutPoints(ctx.population.id);
  if (cuts === null) return null;
  const { currency } = cuts;
  const held = new HeldSales();
  const problems = new Map<string, number>();
  for await (const { id, history } of heldHistories(ctx, cuts)) {
    held.add(id, history.sales);
    for (const [cause, count] of Object.entries(history.problems))
      problems.set(cause, (problems.get(cause) ?? 0) + count);
  }
  return {
    currency,
    ...{ sales: held.size, first: held.first, last: held.last },
    problems: Object.fromEntries(problems),
    book: (rules) => held.booked(rules),
  };
}

/** What the store holds of everybody, by id; for looking at sales: other days are not the account's. */
export async function* heldHistories(
  ctx: RunContext,
  { currency, coverage, over }: Pick<CutPoints, 'currency' | 'coverage' | 'over'>,
): AsyncGenerator<{ readonly id: RecordId; readonly history: CustomerHistory }> {
  const { policy, attribution } = ctx;
  // Sales are dated by local days already.
  const world = { homeCurrency: currency, timeZone: 'UTC', policy, attribution, coverage };
  const historyOf = personHistory(ctx, {
    ...world,
    timeZones: new Map(),
    isDuplicate: () => false,
  });
  for await (const person of everybody(ctx, over ?? [ctx.connection]))
    yield { id: person.customer.id, history: historyOf(person, null) };
}

type Sale = { readonly day: number; readonly minor: number };

/** Sixteen bytes a sale, so that it can be booked again and again without reading the store. */
class HeldSales {
  readonly #ids: string[] = [];
  readonly #counts = new Column();
  readonly #days = new Column();
  readonly #minors = new Column();

  get size(): number {
    return this.#days.length;
  }

  /** Days of the first and the last sale; `null` without any. */
  get first(): number | null {
    return this.size === 0 ? null : this.#days.values().reduce((one, day) => Math.min(one, day));
  }

  get last(): number | null {
    return this.size === 0 ? null : this.#days.values().reduce((one, day) => Math.max(one, day));
  }

  add(id: string, sales: readonly Sale[]): void {
    this.#ids.push(id);
    this.#counts.push(sales.length);
    for (const { day, minor } of sales) {
      this.#days.push(day);
      this.#minors.push(minor);
    }
  }

  /** A book has no room for days before 1970. */
  booked({ asOf, windowFrom, zeroAmount, refunds }: BookRules): BookedOrders {
    const book = new OrderBook(windowFrom);
    const encoder = new TextEncoder();
    const counts = this.#counts.values();
    const days = this.#days.values();
    const minors = this.#minors.values();
    let sale = 0;
    for (const [at, id] of this.#ids.entries()) {
      const bytes = encoder.encode(id);
      const end = sale + (counts[at] ?? 0);
      for (; sale < end; sale += 1) {
        const [day, minor] = [days[sale] ?? 0, minors[sale] ?? 0];
        if (day < 0 || day > asOf) continue;
        if (minor === 0 && zeroAmount === 'ignored') continue;
        if (minor < 0 && refunds === 'ignored') continue;
        book.add(bytes, 0, bytes.length, day, minor);
      }
    }
    return book.close();
  }
}

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
