import { applyPlan } from '../apply/apply-plan.ts';
import type { Plan } from '../domain/plan.ts';
import type { RunContext } from './context.ts';
import type { ApplyReport } from './report.ts';
import { tellReceipts } from './tell-receipts.ts';

const rejectionsShown = 20;

/** Applies one plan and reports what became of it. */
export async function applyStage(ctx: RunContext, plan: Plan): Promise<ApplyReport> {
  const { connection, connector, store, clock, log, progress, signal } = ctx;
  const resumed = plan.status === 'applying';
  const before = resumed ? await store.plans.receiptCounts(plan.id) : null;
  const warnings = await applyPlan({
    connection,
    connector,
    store,
    clock,
    log,
    progress,
    signal,
    planId: plan.id,
    marker: plan.runId,
  });
  const receipts = await store.plans.receiptCounts(plan.id);
  tellReceipts(ctx, receipts, before);
  return {
    planId: plan.id,
    resumed,
    receipts,
    rejections: await store.plans.rejections(plan.id, rejectionsShown),
    warnings,
  };
}

/**
 * Finishes what a crash or a spent quota left half applied: rescorings first, for a run's plan waits
 * for what they may have sent. Reports on the last.
 */
export async function finishLeftovers(ctx: RunContext): Promise<ApplyReport | null> {
  let last: ApplyReport | null = null;
  for (const plan of await ctx.store.plans.unfinished(ctx.connection))
    last = await applyStage(ctx, plan);
  return last;
}
