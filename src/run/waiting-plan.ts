import { openHolds, type Plan } from '../domain/plan.ts';
import { policyVersion } from '../policy/version.ts';
import type { RunContext } from './context.ts';
import { isOfAnotherPolicy } from './stale-plan.ts';

/** A plan that nobody decides on gives way to a newer one after seven days. */
const patienceMs = 7 * 86_400_000;

/**
 * The plan that waits for a person's word, or was allowed and waits to be written: until then nothing
 * is planned. One that the mode of now would not hold, or that was held for seven days, is no reason to
 * wait, nor one whose guards whoever acts lets pass, nor one that another policy made: no word would let
 * it be written, and who went back to the policy before would wait for it.
 */
export async function waitingPlan(ctx: RunContext): Promise<Plan | null> {
  const plan = await ctx.store.plans.lastWord(ctx.connection);
  return plan !== null && isWaitedFor(ctx, plan) ? plan : null;
}

function isWaitedFor(ctx: RunContext, plan: Plan): boolean {
  if (ctx.writes.mode === 'preview') return false;
  if (plan.status !== 'held') return isBeingWritten(plan);
  return !isInVain(ctx, plan) && openHolds(plan).some(({ by }) => isHolding(ctx, by));
}

/** Allowed by a person, and not all written. */
function isBeingWritten({ status, decision }: Plan): boolean {
  return decision?.decided === 'approved' && (status === 'ready' || status === 'applying');
}

function isHolding({ writes, allowance }: RunContext, by: Plan['holds'][number]['by']): boolean {
  if (by === 'preview') return false;
  if (by === 'approve') return writes.mode === 'approve';
  return allowance?.guards.includes(by) !== true;
}

/** How a plan that was waited for in vain is told of in the one that takes its place; else `null`. */
export async function gaveWayText(ctx: RunContext): Promise<string | null> {
  const plan = await ctx.store.plans.lastWord(ctx.connection);
  if (plan?.status !== 'held') return null;
  if (isOfAnotherPolicy(ctx, plan))
    return `Plan ${plan.id} waited for a word; another policy is in force than the one that made it, ${plan.policyVersion}, and it gave way to this one`;
  if (!isOverdue(ctx, plan)) return null;
  return `Plan ${plan.id} waited for a word since ${plan.createdAt.slice(0, 10)}, longer than seven days, and gave way to this one`;
}

function isInVain(ctx: RunContext, plan: Plan): boolean {
  return isOverdue(ctx, plan) || isOfAnotherPolicy(ctx, plan);
}

function isOverdue({ clock }: RunContext, { createdAt }: Plan): boolean {
  return clock.now() - Date.parse(createdAt) > patienceMs;
}

/**
 * Whether a rescoring may write what it finds. Never where each plan waits for a person; nor while one
 * waits, was refused, or the first by a changed policy has not been written yet: else what the brake
 * holds would come through it one customer at a time.
 */
export async function mayPlanBeside(ctx: RunContext): Promise<boolean> {
  if (ctx.writes.mode !== 'auto') return false;
  const plan = await ctx.store.plans.lastWord(ctx.connection);
  if (plan === null) return true;
  if (plan.policyVersion !== policyVersion(ctx.policy)) return false;
  return plan.status === 'applied' || (plan.status === 'applying' && !isBeingWritten(plan));
}
