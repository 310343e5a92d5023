import type { Plan } from '../domain/plan.ts';
import { applyStage } from './apply-stage.ts';
import type { RunContext } from './context.ts';
import type { ApplyReport, StopReason } from './report.ts';
import { settlePlans } from './settle-others.ts';
import { stalenessOf } from './stale-plan.ts';
import { mayPlanBeside } from './waiting-plan.ts';

export type Leftovers = {
  /** Of the last plan that was written. */
  readonly leftover: ApplyReport | null;
  /** Why a plan that a person allowed was not. */
  readonly stale: StopReason | null;
};

/**
 * Writes what earlier passes left: what a person allowed, and what a crash or a spent quota left half
 * applied; not what a rescoring is writing at this moment. What arrived of each is found out before any
 * goes on, for one waits for what another sent; then in the order in which they were made, for a later
 * one knows better. Where nothing is to be written (mode `preview`), nothing is.
 */
export async function finishLeftovers(ctx: RunContext): Promise<Leftovers> {
  let done: Leftovers = { leftover: null, stale: null };
  if (ctx.writes.mode === 'preview') return done;
  const unfinished = await ctx.store.plans.unfinished(ctx.connection);
  const left = unfinished.filter(({ id }) => !ctx.plansAtWork.has(id));
  await settlePlans(ctx, left);
  for (const plan of left) {
    if (await givesWay(ctx, plan)) continue;
    const stale = await stalenessOf(ctx, plan);
    if (stale === null) done = { ...done, leftover: await finish(ctx, plan) };
    else if (plan.decision !== null) done = { ...done, stale: reasonOf(stale) };
  }
  return done;
}

/** What a service writes hours after it was planned stands in its log, as a run does. */
async function finish(ctx: RunContext, plan: Plan): Promise<ApplyReport> {
  const report = await applyStage(ctx, plan);
  const { connection, log } = ctx;
  const isApproved = plan.decision !== null;
  log.info({ connection, plan: plan.id, isApproved, receipts: report.receipts }, 'plan.finished');
  return report;
}

/** A rescoring that was never begun: nobody would begin it now. Its scores wait for the next plan. */
async function givesWay(ctx: RunContext, { id, status, decision }: Plan): Promise<boolean> {
  if (status !== 'ready' || decision !== null || (await mayPlanBeside(ctx))) return false;
  await ctx.store.plans.setStatus(id, 'superseded');
  return true;
}

function reasonOf({ code, message, todo }: StopReason): StopReason {
  return { code, message, todo };
}
