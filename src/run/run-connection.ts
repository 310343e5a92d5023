import type { LocalDay } from '../domain/time.ts';
import { ensureGoing } from '../store/stop-store.ts';
import { applyStage } from './apply-stage.ts';
import type { RunContext } from './context.ts';
import { finishLeftovers } from './finish-leftovers.ts';
import { notePlanned } from './note-planned.ts';
import { pass } from './pass.ts';
import { planStage } from './plan-stage.ts';
import { planToApply } from './plan-to-apply.ts';
import { pullStage } from './pull-stage.ts';
import type { RunReport } from './report.ts';
import { scoreStage } from './score-stage.ts';
import { stalenessOf } from './stale-plan.ts';

export type RunOptions = {
  /** Read everything and find new cut points. */
  readonly full: boolean;
  /** Everything was read a moment ago: read only what changed since. Default: no. */
  readonly isPulled?: boolean;
  /** Default: today in the account's time zone. */
  readonly asOf?: LocalDay | undefined;
};

/**
 * One pass: what an earlier run left half applied, then pull, score, plan, apply. Returns a report
 * also for a run that the CRM stopped; throws what must be put right before any run.
 * @throws AssayError `LEASE_HELD`, `CONNECTION_MOVED` and whatever refuses to start.
 */
export async function runConnection(ctx: RunContext, options: RunOptions): Promise<RunReport> {
  return pass(ctx, options, async (held, { runId, asOf, account }, report) => {
    const stage = stagesOf(held);
    Object.assign(report, await stage('leftovers', () => finishLeftovers(held)));
    const isFull = options.full && options.isPulled !== true;
    report.pull = await stage('pull', () => pullStage(held, runId, isFull));
    const when = { asOf, account, all: options.full };
    const score = await stage('score', () => scoreStage(held, runId, when));
    report.score = score;
    const what = { asOf, onlyUnplanned: score.scope === 'due', quota: account.quota };
    const plan = notePlanned(await stage('plan', () => planStage(held, runId, what)), report);
    if (plan !== null) report.apply = await stage('apply', () => applyStage(held, plan));
  });
}

/** Each stage of a run is a span, and begins only while nobody stopped the connection. */
function stagesOf({ connection, store, tracer }: RunContext) {
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    await ensureGoing(store.stops, connection);
    return await tracer.span(name, { connection }, work);
  };
}

/** Pulls only. */
export async function pullConnection(ctx: RunContext, options: RunOptions): Promise<RunReport> {
  return pass(ctx, options, async (held, { runId }, report) => {
    report.pull = await pullStage(held, runId, options.full);
  });
}

/** Scores what the store holds; no call but the look at the account. */
export async function scoreConnection(
  ctx: RunContext,
  options: { readonly all: boolean; readonly asOf?: LocalDay | undefined },
): Promise<RunReport> {
  return pass(ctx, options, async (held, { runId, asOf, account }, report) => {
    const when = { asOf, account, all: options.all };
    report.score = await scoreStage(held, runId, when);
  });
}

/** Compares every score with what the CRM holds; writes nothing to it. */
export async function planConnection(
  ctx: RunContext,
  options: { readonly asOf?: LocalDay | undefined },
): Promise<RunReport> {
  return pass(ctx, options, async (held, { runId, asOf, account }, report) => {
    const { quota } = account;
    notePlanned(await planStage(held, runId, { asOf, onlyUnplanned: false, quota }), report);
  });
}

/** Applies the named plan, or the newest that is ready or half applied. */
export async function applyConnection(
  ctx: RunContext,
  options: { readonly planId?: string | undefined },
): Promise<RunReport> {
  return pass(ctx, { onceStopped: 'its-plan' }, async (held, _pass, report) => {
    const plan = await planToApply(held, options.planId);
    report.plan = { id: plan.id, summary: plan.summary };
    const stale = await stalenessOf(held, plan);
    if (stale !== null) throw stale;
    report.apply = await applyStage(held, plan);
  });
}
