import type { Change, MembershipChange } from '../domain/change.ts';
import type { RecordId, RunId } from '../domain/ids.ts';
import type { PlanSummary } from '../domain/plan.ts';
import type { LocalDay } from '../domain/time.ts';
import { changeOf } from '../plan/plan-customer.ts';
import { membershipChangesOf } from '../plan/plan-lists.ts';
import { type PlanQuota, PlanSummarizer } from '../plan/summarize.ts';
import type { ScoredCustomer } from '../store/store.ts';
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
  await store.plans.create({ id, connection, runId, createdAt, asOf: what.asOf });
  progress.start('plan', null);
  const summary = await comparePages(ctx, id, lists, {
    quota: what.quota,
    unplanned: !everybody,
  });
  progress.end('plan');
  await store.plans.finish(id, summary);
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
  const { capabilities, writeRoute } = ctx.connector;
  const { quota, ...whom } = select;
  const { membershipsPerCall, membershipCallSpends } = capabilities;
  const summarizer = new PlanSummarizer({
    lists: lists.kept,
    sizes: lists.sizes,
    route: writeRoute,
    membershipsPerCall,
    membershipCallSpends,
    quota,
  });
  for (const warning of lists.warnings) summarizer.warn(warning);
  let after: RecordId | null = null;
  let seq = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const page: readonly ScoredCustomer[] = await ctx.store.scores.page(ctx.connection, {
      after,
      limit: pageSize,
      ...whom,
    });
    const last = page.at(-1);
    if (last === undefined) return summarizer.build();
    seq += await savePage(ctx, planId, compare(ctx, page, lists, summarizer, seq));
    ctx.progress.advance('plan', page.length);
    after = last.score.customerId;
  }
}

type Compared = {
  readonly changes: readonly Change[];
  readonly memberships: readonly MembershipChange[];
};

function compare(
  ctx: RunContext,
  page: readonly ScoredCustomer[],
  lists: ListsNow,
  summarizer: PlanSummarizer,
  firstSeq: number,
): Compared {
  const changes: Change[] = [];
  const memberships: MembershipChange[] = [];
  for (const scored of page) {
    const change = changeOf(scored, ctx.policy, ctx.language);
    const steps = membershipChangesOf(scored, lists.kept, ctx.policy);
    summarizer.add(scored, change, steps);
    if (change !== null) changes.push({ seq: firstSeq + changes.length, ...change });
    memberships.push(...steps);
  }
  return { changes, memberships };
}

async function savePage(ctx: RunContext, planId: string, compared: Compared): Promise<number> {
  const { plans } = ctx.store;
  if (compared.changes.length > 0) await plans.addChanges(planId, compared.changes);
  if (compared.memberships.length > 0) await plans.addMemberships(planId, compared.memberships);
  return compared.changes.length;
}
