import type { Hold } from '../domain/hold.ts';
import type { RunId } from '../domain/ids.ts';
import { isEmptyPlan, type Plan, type PlanDecision, type PlanSummary } from '../domain/plan.ts';
import type { LocalDay } from '../domain/time.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { PlanEnding } from '../store/plan-store.ts';
import { brakeHolds } from './brake.ts';
import type { RunContext } from './context.ts';

/** A plan whose customers are all compared. */
export type WholePlan = {
  readonly id: string;
  readonly runId: RunId;
  readonly asOf: LocalDay;
  readonly summary: PlanSummary;
  readonly digest: string;
};

/**
 * What becomes of it: ready to be written, held by the connection's mode and by guards that nobody lets
 * pass, or rejected like the one before it that would have changed the same. One that would write
 * nothing is never held.
 */
export async function endingOf(
  ctx: RunContext,
  { digest, summary, ...plan }: WholePlan,
): Promise<Omit<PlanEnding, 'moves'>> {
  const guards = await brakeHolds(ctx, summary, plan);
  const told = { actor: ctx.actor.name, at: new Date(ctx.clock.now()).toISOString() };
  const ready = { status: 'ready', holds: [], decision: null, digest, told } as const;
  if (isEmptyPlan(summary)) return ready;
  const refused = await refusedBefore(ctx, digest);
  if (refused !== null) return { ...ready, status: 'rejected', decision: refused };
  const holds = [...modeHolds(ctx), ...guards];
  const decision = letPass(ctx, guards, told.at);
  const isHeld = holds.length > (decision?.allowed.length ?? 0);
  return { ...ready, status: isHeld ? 'held' : 'ready', holds, decision };
}

export function modeHolds({ writes: { mode } }: RunContext): readonly Hold[] {
  switch (mode) {
    case 'auto':
      return [];
    case 'approve':
      return [
        {
          by: 'approve',
          because: 'Each plan of this connection waits for a person (mode approve).',
        },
      ];
    case 'preview':
      return [
        {
          by: 'preview',
          because: 'This connection is looked at only, nothing is written (mode preview).',
        },
      ];
    default:
      return assertNever(mode);
  }
}

function letPass(
  { allowance, actor }: RunContext,
  guards: readonly Hold[],
  at: string,
): PlanDecision | null {
  if (allowance === null) return null;
  const held = guards.map(({ by }) => by);
  const allowed = allowance.guards.filter((name) => held.includes(name));
  if (allowed.length === 0) return null;
  const by = actor.name;
  return { decided: 'approved', by, at, why: allowance.why, allowed, sameAs: null };
}

/** A person's no stands until something changes; whoever lets guards pass has changed his mind. */
async function refusedBefore(ctx: RunContext, digest: string): Promise<PlanDecision | null> {
  if (ctx.allowance !== null) return null;
  const last: Plan | null = await ctx.store.plans.lastWord(ctx.connection);
  if (last?.status !== 'rejected' || last.decision === null || last.digest !== digest) return null;
  return { ...last.decision, sameAs: last.decision.sameAs ?? last.id };
}
