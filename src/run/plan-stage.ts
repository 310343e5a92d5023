import type { RecordId, RunId } from '../domain/ids.ts';
import {
  openHolds,
  type Plan,
  type PlanMove,
  type PlanSummary,
  planStatuses,
} from '../domain/plan.ts';
import type { LocalDay } from '../domain/time.ts';
import { step } from '../lib/step.ts';
import type { PlanQuota } from '../plan/plan-cost.ts';
import { policyVersion } from '../policy/version.ts';
import { comparePage, summarizerOf } from './compare-page.ts';
import type { RunContext } from './context.ts';
import { isPreview } from './held-plan.ts';
import { type ListsNow, readListsNow } from './list-stage.ts';
import { PlanDigest } from './plan-digest.ts';
import { endingOf } from './plan-ending.ts';
import { planById } from './plan-to-apply.ts';
import { gaveWayText, waitingPlan } from './waiting-plan.ts';

/** Customers compared at once. */
const pageSize = 100;

export type PlanWhat = {
  readonly asOf: LocalDay;
  /** Only scores that no plan has compared yet; else, or when one left changes behind, everybody. */
  readonly onlyUnplanned: boolean;
  /** What the account may use in a day. */
  readonly quota: PlanQuota;
};

/** What a plan stage made, or why it made nothing. */
export type Planned =
  | { readonly kind: 'made'; readonly plan: Plan }
  | { readonly kind: 'waiting'; readonly behind: Plan };

/**
 * Compares scores with what the CRM holds and stores the difference as a plan, ready or held. While one
 * waits for a person's word none is made, and the scores wait for the next.
 */
export async function planStage(ctx: RunContext, runId: RunId, what: PlanWhat): Promise<Planned> {
  const behind = await waitingPlan(ctx);
  if (behind !== null) return { kind: 'waiting', behind };
  const lists = await readListsNow(ctx);
  // Of each plan in its warnings; of the log not again with each delta.
  if (!what.onlyUnplanned && lists.missing.length > 0)
    ctx.log.warn({ connection: ctx.connection, lists: lists.missing }, 'lists.missing');
  const everybody = !what.onlyUnplanned || lists.drifted || (await leftBehind(ctx));
  const overdue = await gaveWayText(ctx);
  const warnings = overdue === null ? lists.warnings : [...lists.warnings, overdue];
  const { id, planned } = await createPlan(ctx, runId, what.asOf);
  ctx.progress.start('plan', null);
  const select = { quota: what.quota, unplanned: !everybody };
  const compared = await comparePages(ctx, id, { ...lists, warnings }, select);
  ctx.progress.end('plan');
  const { moves, ...whole } = compared;
  const ending = await endingOf(ctx, { id, runId, asOf: what.asOf, ...whole });
  // What a rescoring saves from now on, it plans itself.
  await ctx.store.plans.finish(id, whole.summary, planned, { ...ending, moves });
  step('plan.finished');
  const plan = await planById(ctx, id);
  if (plan.status === 'held') tellHeld(ctx, plan);
  return { kind: 'made', plan };
}

async function createPlan(ctx: RunContext, runId: RunId, asOf: LocalDay) {
  const { connection, store } = ctx;
  const id = `p${runId.slice(1)}`;
  const createdAt = new Date(ctx.clock.now()).toISOString();
  const about = { kind: 'scores', policyVersion: policyVersion(ctx.policy) } as const;
  const planned = await ctx.turns.shared(async () => {
    await store.plans.create({ id, connection, runId, createdAt, asOf, ...about });
    step('plan.created');
    return store.scores.unplannedRuns(connection);
  });
  return { id, planned };
}

/** Who only looks is not called for each look. */
function tellHeld({ connection, log, tell }: RunContext, plan: Plan): void {
  const by = openHolds(plan).map((hold) => hold.by);
  log.info({ connection, plan: plan.id, by }, 'plan.held');
  if (!isPreview(plan)) tell({ kind: 'held', connection, by, planId: plan.id });
}

/**
 * A plan that was never applied left changes behind, and so did one of which the CRM rejected some, or
 * that took back what others wrote.
 */
async function leftBehind(ctx: RunContext): Promise<boolean> {
  const last = await ctx.store.plans.latest(ctx.connection, planStatuses);
  if (last === null) return false;
  if (last.status !== 'applied' || last.kind !== 'scores') return true;
  const { rejected, memberships } = await ctx.store.plans.receiptCounts(last.id);
  return rejected + memberships.rejected > 0;
}

type Compared = {
  readonly summary: PlanSummary;
  readonly moves: readonly PlanMove[];
  readonly digest: string;
};

async function comparePages(
  ctx: RunContext,
  planId: string,
  lists: ListsNow,
  select: { readonly quota: PlanQuota; readonly unplanned: boolean },
): Promise<Compared> {
  const { quota, ...whom } = select;
  const summarizer = summarizerOf(ctx, lists, quota);
  const digest = new PlanDigest();
  let after: RecordId | null = null;
  let seq = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const from: RecordId | null = after;
    const first: number = seq;
    const page: readonly RecordId[] = await ctx.turns.shared(async () => {
      const select = { after: from, limit: pageSize, ...whom };
      const ids = await ctx.store.scores.ids(ctx.connection, select);
      seq += await comparePage(ctx, { planId, lists, summarizer, digest }, ids, first);
      return ids;
    });
    const last = page.at(-1);
    if (last === undefined) {
      const moves = summarizer.topMoves(ctx.policy, ctx.language);
      return { summary: summarizer.build(), moves, digest: digest.text() };
    }
    ctx.progress.advance('plan', page.length);
    after = last;
  }
}
