import type { CustomerHistory } from '../domain/history.ts';
import type { RecordId, RunId } from '../domain/ids.ts';
import type { Score } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { BaseColumns } from '../score/base-columns.ts';
import { findCutPoints } from '../score/cut-points.ts';
import { historyOf } from '../score/history.ts';
import type { ScoringWorld } from '../score/history-input.ts';
import { scoreCustomer } from '../score/score-customer.ts';
import { signalsAt } from '../score/signals.ts';
import { Timeline } from '../score/timeline.ts';
import type { CustomerWithDeals } from '../store/record-store.ts';
import type { RunContext } from './context.ts';
import type { ScoreReport } from './report.ts';
import { type ScoreWhen, scoreScope } from './score-scope.ts';

/** Customers held in memory at once, with their deals. */
const pageSize = 500;

/** Scores whom the scope names and saves the scores; nothing is written to the CRM. */
export async function scoreStage(
  ctx: RunContext,
  runId: RunId,
  when: Omit<ScoreWhen, 'coverage'>,
): Promise<ScoreReport> {
  const { connection, store } = ctx;
  await store.records.spreadDirty(connection);
  const reader = await openReader(ctx, when);
  const scope = await scoreScope(ctx, { ...when, coverage: reader.world.coverage });
  const counts = await store.records.counts(connection);
  ctx.progress.start('score', scope.kind === 'base' ? counts.customers : counts.dirty);
  const scored =
    scope.kind === 'base'
      ? await scoreBase(reader, runId, scope.cuts)
      : await scoreDirty(reader, runId, scope.cuts);
  ctx.progress.end('score');
  return {
    scope: scope.kind,
    reason: scope.reason,
    scored,
    problems: Object.fromEntries(reader.problems),
    cutPointsFound: scope.kind === 'base' && scope.cuts === null,
    tiers: await store.scores.tiers(connection),
    hash: await store.scores.hash(connection),
  };
}

type Reader = {
  readonly ctx: RunContext;
  readonly world: ScoringWorld;
  readonly signals: (row: CustomerWithDeals) => Signals;
  /** Deals left out so far, by cause; a deal of several customers counts for each. */
  readonly problems: ReadonlyMap<string, number>;
};

async function openReader(ctx: RunContext, when: Omit<ScoreWhen, 'coverage'>): Promise<Reader> {
  const { connection, store, policy, attribution } = ctx;
  const world: ScoringWorld = {
    asOf: when.asOf,
    homeCurrency: when.currency,
    policy,
    attribution,
    coverage: await store.records.coverage(connection),
  };
  const referrals = await store.records.referrals(connection);
  const problems = new Map<string, number>();
  return {
    ctx,
    world,
    problems,
    signals: ({ customer, deals }) => {
      const named = referrals.get(customer.id) ?? null;
      const signals = signalsOf({ ...world, customer, deals, referrals: named });
      for (const [problem, count] of Object.entries(signals.problems))
        problems.set(problem, (problems.get(problem) ?? 0) + count);
      return signals;
    },
  };
}

/**
 * Two passes: signals of everybody into the store and, as numbers, into the base; then scores from
 * the stored signals. Memory grows with the number of customers by a few numbers each, not with
 * the number of deals.
 */
async function scoreBase(reader: Reader, runId: RunId, frozen: CutPoints | null): Promise<number> {
  const { ctx, world } = reader;
  const base = new BaseColumns(world);
  await eachPage(reader, false, async (rows) => {
    const signals = rows.map(reader.signals);
    for (const one of signals) base.add(one);
    await ctx.store.scores.saveSignals(ctx.connection, signals);
  });
  const cuts = frozen ?? findCutPoints(base, world.asOf);
  if (frozen === null) await ctx.store.scores.saveCutPoints(ctx.connection, runId, cuts);
  return scoreStoredSignals(ctx, runId, cuts);
}

async function scoreStoredSignals(ctx: RunContext, runId: RunId, cuts: CutPoints): Promise<number> {
  let after: RecordId | null = null;
  let scored = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const page: readonly Signals[] = await ctx.store.scores.signals(ctx.connection, {
      after,
      limit: pageSize,
    });
    const last = page.at(-1);
    if (last === undefined) return scored;
    await saveScores(
      ctx,
      runId,
      page.map((signals) => scoreCustomer(signals, cuts, ctx.policy)),
    );
    scored += page.length;
    after = last.customerId;
  }
}

async function scoreDirty(reader: Reader, runId: RunId, cuts: CutPoints): Promise<number> {
  const { ctx } = reader;
  return eachPage(reader, true, async (rows) => {
    const scores = rows.map((row) => scoreCustomer(reader.signals(row), cuts, ctx.policy));
    await saveScores(ctx, runId, scores);
  });
}

async function saveScores(ctx: RunContext, runId: RunId, scores: readonly Score[]): Promise<void> {
  await ctx.store.scores.save(ctx.connection, runId, scores);
  ctx.progress.advance('score', scores.length);
}

async function eachPage(
  { ctx }: Reader,
  dirty: boolean,
  work: (rows: readonly CustomerWithDeals[]) => Promise<void>,
): Promise<number> {
  let after: RecordId | null = null;
  let seen = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const rows: readonly CustomerWithDeals[] = await ctx.store.records.page(ctx.connection, {
      after,
      limit: pageSize,
      dirty,
    });
    const last = rows.at(-1);
    if (last === undefined) return seen;
    await work(rows);
    seen += rows.length;
    after = last.customer.id;
  }
}
