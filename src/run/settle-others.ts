import type { ApplyTarget } from '../apply/apply-target.ts';
import { settleMemberships } from '../apply/settle-memberships.ts';
import { settleSending } from '../apply/settle-sending.ts';
import type { Plan } from '../domain/plan.ts';
import type { RunContext } from './context.ts';

/**
 * Finds out what of half-written plans arrived, by reading and without writing anything: what is taken
 * back is exactly what was written.
 */
export async function settleOthers(ctx: RunContext): Promise<void> {
  await settlePlans(ctx, await ctx.store.plans.unfinished(ctx.connection));
}

/** The same of these plans. Nobody may be writing them. */
export async function settlePlans(ctx: RunContext, plans: readonly Plan[]): Promise<void> {
  const { connection, connector, store, clock, log, progress, signal } = ctx;
  for (const { id: planId, status, runId: marker } of plans) {
    if (status !== 'applying') continue;
    const common = { connection, connector, store, clock, log, progress, signal };
    const target: ApplyTarget = { ...common, planId, marker };
    await settleSending(target);
    await settleMemberships(target);
  }
}
