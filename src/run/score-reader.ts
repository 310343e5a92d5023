import type { Account } from '../connector/account.ts';
import type { Coverage } from '../domain/coverage.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import type { ScoringWorld } from '../score/history-input.ts';
import { signalsAt } from '../score/signals.ts';
import { Timeline } from '../score/timeline.ts';
import type { CustomerWithDeals, Whom } from '../store/record-store.ts';
import type { RunContext } from './context.ts';
import { personHistory } from './person-history.ts';
import { type Person, withPartners } from './persons.ts';
import type { Together } from './together.ts';

/** Customers held in memory at once, with their deals. */
export const pageSize = 100;

/** The day, the account and the connections that a scoring is for. */
export type ReadWhen = {
  readonly asOf: LocalDay;
  readonly account: Account;
  readonly together: Together;
};

/** Reads customers as their histories, with what is the same for all of them. */
export type ScoreReader = {
  readonly ctx: RunContext;
  readonly asOf: LocalDay;
  readonly world: ScoringWorld;
  readonly together: Together;
  /** @param of the connection of the person's own record; default the one that is scored */
  readonly history: (person: Person, of?: ConnectionId) => CustomerHistory;
};

export async function openScoreReader(
  ctx: RunContext,
  { asOf, account, together }: ReadWhen,
): Promise<ScoreReader> {
  const { policy, attribution } = ctx;
  const world: ScoringWorld = {
    homeCurrency: account.currency,
    timeZone: account.timeZone,
    policy,
    attribution,
    coverage: await coverageOf(ctx, together),
  };
  const referrals = await referralsOf(ctx, together);
  const duplicates = await duplicatesOf(ctx, together);
  const isDuplicate = (connection: ConnectionId, id: RecordId) =>
    duplicates.get(connection)?.has(id) === true;
  const { timeZones } = together;
  const history = personHistory(ctx, { ...world, timeZones, isDuplicate });
  return {
    ctx,
    asOf,
    world,
    together,
    history: (person, of = ctx.connection) =>
      history(person, referrals.get(of)?.get(person.customer.id) ?? null, of),
  };
}

/** What anybody has filled in any of the connections. */
async function coverageOf({ store }: RunContext, { connections }: Together): Promise<Coverage> {
  const all = await Promise.all(connections.map((id) => store.records.coverage(id)));
  const any = (key: keyof Coverage) => all.some((coverage) => coverage[key]);
  return {
    referrals: any('referrals'),
    events: any('events'),
    dues: any('dues'),
    feedback: any('feedback'),
    discounts: any('discounts'),
    products: any('products'),
    birthdays: any('birthdays'),
  };
}

type ByConnection<T> = ReadonlyMap<ConnectionId, ReadonlyMap<RecordId, T>>;
type Counts = { readonly referred: number; readonly bought: number };

async function referralsOf(
  { connection, store }: RunContext,
  { connections }: Together,
): Promise<ByConnection<Counts>> {
  if (connections.length === 1)
    return new Map([[connection, await store.records.referrals(connection)]]);
  return store.identities.referrals(connections);
}

async function duplicatesOf(
  { store }: RunContext,
  { connections }: Together,
): Promise<ByConnection<unknown>> {
  const all = new Map<ConnectionId, ReadonlyMap<RecordId, unknown>>();
  for (const id of connections) all.set(id, await store.records.duplicates(id));
  return all;
}

/** A history laid out, with its signals of the run's day. */
export function signalsOf({ asOf, world }: ScoreReader, history: CustomerHistory) {
  const { policy, coverage } = world;
  const timeline = new Timeline(history, policy.purchase);
  const frame = { windowMonths: policy.windowMonths, dues: coverage.dues };
  return { timeline, signals: signalsAt(timeline, asOf, frame) };
}

/** Customers of one connection; `isFirst`: without those whom an earlier connection knows as well. */
export type PageOf = {
  readonly connection: ConnectionId;
  readonly whom: Whom;
  readonly isFirst?: boolean;
};

/** Works through them page by page, each in one turn; how many there were. */
export async function eachPage(
  { ctx, together }: ScoreReader,
  { connection, whom, isFirst = false }: PageOf,
  work: (persons: readonly Person[]) => Promise<void>,
): Promise<number> {
  const source = { store: ctx.store, together: together.connections };
  let after: RecordId | null = null;
  let seen = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const from: RecordId | null = after;
    const rows: readonly CustomerWithDeals[] = await ctx.turns.shared(async () => {
      const page = await ctx.store.records.page(connection, { after: from, limit: pageSize, whom });
      if (page.length > 0)
        await work(await withPartners(source, connection, page, isFirst ? 'first' : 'all'));
      return page;
    });
    const last = rows.at(-1);
    if (last === undefined) return seen;
    seen += rows.length;
    after = last.customer.id;
  }
}
