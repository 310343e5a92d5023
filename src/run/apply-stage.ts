import { applyPlan } from '../apply/apply-plan.ts';
import { AssayError } from '../domain/assay-error.ts';
import type { Plan } from '../domain/plan.ts';
import type { RunContext } from './context.ts';
import type { ApplyReport } from './report.ts';
import { tellReceipts } from './tell-receipts.ts';

const rejectionsShown = 20;

/** Applies one plan and reports what became of it. */
export async function applyStage(ctx: RunContext, plan: Plan): Promise<ApplyReport> {
  const { connection, connector, store, clock, log, progress, signal } = ctx;
  const resumed = plan.status === 'applying';
  // Of a plan that a person let go on, the first may be written already.
  const isBegun = resumed || plan.decision !== null;
  const before = isBegun ? await store.plans.receiptCounts(plan.id) : null;
  const warnings = await applyPlan({
    ...{ connection, connector, store, clock, log, progress, signal },
    ...{ planId: plan.id, marker: plan.runId, canary: canaryOf(ctx, plan) },
  }).catch((error: unknown) => tellIfHeld(ctx, plan, error));
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

/** Whoever said so once lets the plan go on, or whoever runs it now. */
function canaryOf({ writes, allowance, actor }: RunContext, { decision }: Plan) {
  const allowed = [...(allowance?.guards ?? []), ...(decision?.allowed ?? [])];
  return { first: allowed.includes('canary') ? 0 : writes.canary, actor: actor.name };
}

function tellIfHeld({ connection, tell }: RunContext, { id }: Plan, error: unknown): never {
  if (error instanceof AssayError && error.code === 'CANARY_DIFFERS')
    tell({ kind: 'held', connection, by: ['canary'], planId: id });
  throw error;
}
