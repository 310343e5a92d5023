import type { Account } from '../connector/account.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { RecordId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import { historyOf } from '../score/history.ts';
import type { ScoringWorld } from '../score/history-input.ts';
import { signalsAt } from '../score/signals.ts';
import { Timeline } from '../score/timeline.ts';
import type { CustomerWithDeals, Whom } from '../store/record-store.ts';
import type { RunContext } from './context.ts';

/** Customers held in memory at once, with their deals. */
export const pageSize = 100;

/** The day and the account that a scoring is for. */
export type ReadWhen = { readonly asOf: LocalDay; readonly account: Account };

/** Reads customers as their histories, with what is the same for all of them. */
export type ScoreReader = {
  readonly ctx: RunContext;
  readonly asOf: LocalDay;
  readonly world: ScoringWorld;
  readonly history: (row: CustomerWithDeals) => CustomerHistory;
};

export async function openScoreReader(ctx: RunContext, when: ReadWhen): Promise<ScoreReader> {
  const { connection, store, policy, attribution } = ctx;
  const world: ScoringWorld = {
    homeCurrency: when.account.currency,
    timeZone: when.account.timeZone,
    policy,
    attribution,
    coverage: await store.records.coverage(connection),
  };
  const referrals = await store.records.referrals(connection);
  const duplicates = await store.records.duplicates(connection);
  return {
    ctx,
    asOf: when.asOf,
    world,
    history: ({ customer, deals }) =>
      historyOf({
        ...world,
        customer,
        deals,
        referrals: referrals.get(customer.id) ?? null,
        isDuplicateCandidate: duplicates.has(customer.id),
      }),
  };
}

/** A history laid out, with its signals of the run's day. */
export function signalsOf({ asOf, world }: ScoreReader, history: CustomerHistory) {
  const { policy, coverage } = world;
  const timeline = new Timeline(history, policy.purchase);
  const frame = { windowMonths: policy.windowMonths, dues: coverage.dues };
  return { timeline, signals: signalsAt(timeline, asOf, frame) };
}

/** Works through them page by page; how many there were. */
export async function eachPage(
  { ctx }: ScoreReader,
  whom: Whom,
  work: (rows: readonly CustomerWithDeals[]) => Promise<void>,
): Promise<number> {
  let after: RecordId | null = null;
  let seen = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const rows: readonly CustomerWithDeals[] = await ctx.store.records.page(ctx.connection, {
      after,
      limit: pageSize,
      whom,
    });
    const last = rows.at(-1);
    if (last === undefined) return seen;
    await work(rows);
    seen += rows.length;
    after = last.customer.id;
  }
}
