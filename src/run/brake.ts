import type { Hold } from '../domain/hold.ts';
import type { PlanSummary } from '../domain/plan.ts';
import type { RunContext } from './context.ts';

/** The guards that hold a plan, of the connection as it stands now; empty where none does. */
export async function brakeHolds(
  _ctx: RunContext,
  _summary: PlanSummary,
): Promise<readonly Hold[]> {
  return [];
}
