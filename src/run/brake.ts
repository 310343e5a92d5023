import type { Hold } from '../domain/hold.ts';
import { isEmptyPlan, type PlanSummary } from '../domain/plan.ts';
import { holdsOf } from '../plan/guards/guards.ts';
import type { SeenBy } from '../store/baselines.ts';
import type { RunContext } from './context.ts';

/**
 * The guards that hold a plan of the whole base, of the connection as it stands now; empty where none
 * does. What was seen is kept with the plan: once that is applied, the next is compared with it.
 */
export async function brakeHolds(
  { connection, store, writes }: RunContext,
  summary: PlanSummary,
  plan: Pick<SeenBy, 'id' | 'runId' | 'asOf'>,
): Promise<readonly Hold[]> {
  const now = await store.baselines.look(connection);
  const moves = summary.tierMoves.filter(({ from, to }) => from !== to);
  const holds = holdsOf({
    brake: writes.brake,
    // The whole base is looked through only where somebody moves.
    held: moves.length === 0 ? [] : await store.baselines.heldTiers(connection),
    moves,
    now,
    before: await store.baselines.last(connection),
  });
  // One that writes nothing is not held: what guards dislike must not become what is compared with.
  if (holds.length === 0 || !isEmptyPlan(summary))
    await store.baselines.keep({ ...plan, connection }, now);
  return holds;
}
