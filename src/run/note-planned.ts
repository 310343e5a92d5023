import type { Plan } from '../domain/plan.ts';
import { planHeld } from './held-plan.ts';
import type { StageReports } from './pass.ts';
import type { Planned } from './plan-stage.ts';

/**
 * Notes in a run's report what its plan stage made. Returns the plan that may be written; `null`: none,
 * because one waits already, or a person rejected the same.
 * @throws AssayError `PLAN_HELD`: it waits for a person's word.
 */
export function notePlanned(planned: Planned, report: StageReports): Plan | null {
  if (planned.kind === 'waiting') {
    report.waitingFor = planned.behind.id;
    return null;
  }
  const { plan } = planned;
  report.plan = { id: plan.id, summary: plan.summary };
  if (plan.status === 'held') throw planHeld(plan);
  if (plan.status === 'ready') return plan;
  report.refusedAs = plan.decision?.sameAs ?? null;
  return null;
}
