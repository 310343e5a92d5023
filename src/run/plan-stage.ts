import type { RecordId, RunId } from '../domain/ids.ts';
import type { PlanSummary } from '../domain/plan.ts';
import type { LocalDay } from '../domain/time.ts';
import { step } from '../lib/step.ts';
import type { PlanQuota } from '../plan/summarize.ts';
import { policyVersion } from '../policy/version.ts';
import type { ScoredCustomer } from '../store/store.ts';
import { comparePage, summarizerOf } from './compare-page.ts';
import type { RunContext } from './context.ts';
import { type ListsNow, readListsNow } from './list-stage.ts';

/** Customers compared at once. */
const pageSize = 100;

export type PlanWhat = {
  readonly asOf: LocalDay;
  /** Only scores that no plan has compared yet; else, or when one left changes behind, everybody. */
  readonly onlyUnplanned: boolean;
  /** What the account may use in a day. */
  readonly quota: PlanQuota;
};

/** What a plan stage made. */
export type MadePlan = { readonly id: string; readonly summary: PlanSummary };

/** Compares scores with what the CRM holds and stores the difference as a plan. */
export async function planStage(ctx: RunContext, runId: RunId, what: PlanWhat): Promise<MadePlan> {
  const { connection, store, progress } = ctx;
  const lists = await readListsNow(ctx);
  const everybody = !what.onlyUnplanned || lists.drifted || (await leftBehind(ctx));
  const id = `p${runId.slice(1)}`;
  const createdAt = new Date(ctx.clock.now()).toISOString();
  const about = { kind: 'scores', policyVersion: policyVersion(ctx.policy) } as const;
  const plan = { id, connection, runId, createdAt, asOf: what.asOf, ...about };
  const planned = await ctx.turns.shared(async () => {
    await store.plans.create(plan);
    step('plan.created');
    return store.scores.unplannedRuns(connection);
  });
  progress.start('plan', null);
  const summary = await comparePages(ctx, id, lists, {
    quota: what.quota,
    unplanned: !everybody,
  });
  progress.end('plan');
  // What a rescoring saves from now on, it plans itself.
  await store.plans.finish(id, summary, planned);
  step('plan.finished');
  return { id, summary };
}

/** A plan that was never applied left changes behind, and so did one of which the CRM rejected some. */
async function leftBehind(ctx: RunContext): Promise<boolean> {
  const last = await ctx.store.plans.latest(ctx.connection, [
    'draft',
    'ready',
    'applying',
    'applied',
    'superseded',
  ]);
  if (last === null) return false;
  if (last.status !== 'applied') return true;
  const { rejected, memberships } = await ctx.store.plans.receiptCounts(last.id);
  return rejected + memberships.rejected > 0;
}

async function comparePages(
  ctx: RunContext,
  planId: string,
  lists: ListsNow,
  select: { readonly quota: PlanQuota; readonly unplanned: boolean },
): Promise<PlanSummary> {
  const { quota, ...whom } = select;
  const summarizer = summarizerOf(ctx, lists, quota);
  let after: RecordId | null = null;
  let seq = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const from: RecordId | null = after;
    const first: number = seq;
    const page: readonly ScoredCustomer[] = await ctx.turns.shared(async () => {
      const select = { after: from, limit: pageSize, ...whom };
      const scored = await ctx.store.scores.page(ctx.connection, select);
      seq += await comparePage(ctx, { planId, lists, summarizer }, scored, first);
      return scored;
    });
    const last = page.at(-1);
    if (last === undefined) return summarizer.build();
    ctx.progress.advance('plan', page.length);
    after = last.score.customerId;
  }
}
