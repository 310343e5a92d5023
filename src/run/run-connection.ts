import type { LocalDay } from '../domain/time.ts';
import { applyStage, finishLeftovers } from './apply-stage.ts';
import type { RunContext } from './context.ts';
import { pass } from './pass.ts';
import { planStage } from './plan-stage.ts';
import { planById, planToApply } from './plan-to-apply.ts';
import { pullStage } from './pull-stage.ts';
import type { RunReport } from './report.ts';
import { scoreStage } from './score-stage.ts';

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
    report.leftover = await finishLeftovers(held);
    report.pull = await pullStage(held, runId, options.full && options.isPulled !== true);
    report.score = await scoreStage(held, runId, {
      asOf,
      account,
      all: options.full,
    });
    const plan = await planStage(held, runId, {
      asOf,
      onlyUnplanned: report.score.scope === 'due',
      quota: account.quota,
    });
    report.plan = plan;
    report.apply = await applyStage(held, await planById(held, plan.id));
  });
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
    report.plan = await planStage(held, runId, { asOf, onlyUnplanned: false, quota });
  });
}

/** Applies the named plan, or the newest that is ready or half applied. */
export async function applyConnection(
  ctx: RunContext,
  options: { readonly planId?: string | undefined },
): Promise<RunReport> {
  return pass(ctx, {}, async (held, _pass, report) => {
    const plan = await planToApply(held, options.planId);
    report.plan = { id: plan.id, summary: plan.summary };
    report.apply = await applyStage(held, plan);
  });
}
