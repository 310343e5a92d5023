import { AssayError } from '../domain/assay-error.ts';
import type { PlanId } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';
import type { RunContext } from './context.ts';
import { planHeld } from './held-plan.ts';
import { previewOnly } from './preview-only.ts';

/** @throws AssayError `PLAN_UNKNOWN`. */
export async function planById(ctx: RunContext, id: PlanId): Promise<Plan> {
  const plan = await ctx.store.plans.byId(id);
  if (plan !== null && plan.connection === ctx.connection) return plan;
  throw new AssayError(
    'PLAN_UNKNOWN',
    'refuse-to-start',
    `Connection "${ctx.connection}" has no plan "${id}".`,
    'Run "assay plan" to make one; it prints its id.',
  );
}

/**
 * The named plan, or the newest that may be written.
 * @throws AssayError `PLAN_UNKNOWN`, `PLAN_NOT_READY`, `PLAN_HELD`, `PREVIEW_ONLY`.
 */
export async function planToApply(ctx: RunContext, id: PlanId | undefined): Promise<Plan> {
  const plan = id === undefined ? await newestWaiting(ctx) : await planById(ctx, id);
  if (plan.status === 'held') throw planHeld(plan);
  if (plan.status === 'ready' || plan.status === 'applying') {
    if (ctx.writes.mode === 'preview') throw previewOnly(ctx);
    return plan;
  }
  const why = {
    draft: 'was never finished: the run that built it stopped',
    applied: 'is applied already',
    rejected: 'was rejected',
    superseded: 'was superseded by a newer plan',
  }[plan.status];
  throw notReady(`Plan "${plan.id}" ${why}.`);
}

async function newestWaiting(ctx: RunContext): Promise<Plan> {
  const plan = await ctx.store.plans.latest(ctx.connection, ['held', 'ready', 'applying']);
  if (plan !== null) return plan;
  throw notReady(`Connection "${ctx.connection}" has no plan that waits to be applied.`);
}

function notReady(message: string): AssayError {
  return new AssayError(
    'PLAN_NOT_READY',
    'refuse-to-start',
    message,
    'Run "assay plan" for a fresh one.',
  );
}
