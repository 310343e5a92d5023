import { applyPlan } from '../apply/apply-plan.ts';
import type { Plan } from '../domain/plan.ts';
import type { RunContext } from './context.ts';
import type { ApplyReport } from './report.ts';

const rejectionsShown = 20;

/** Applies one plan and reports what became of it. */
export async function applyStage(ctx: RunContext, plan: Plan): Promise<ApplyReport> {
  const { connection, connector, store, log, progress, signal } = ctx;
  const resumed = plan.status === 'applying';
  const warnings = await applyPlan({
    connection,
    connector,
    store,
    log,
    progress,
    signal,
    planId: plan.id,
    marker: plan.runId,
  });
  return {
    planId: plan.id,
    resumed,
    receipts: await store.plans.receiptCounts(plan.id),
    rejections: await store.plans.rejections(plan.id, rejectionsShown),
    warnings,
  };
}

/** The plan that a crash or a spent quota left half applied. */
export async function unfinishedPlan(ctx: RunContext): Promise<Plan | null> {
  return ctx.store.plans.latest(ctx.connection, ['applying']);
}
