import type { FaultPlan } from '../kit/fault-plan.ts';
import { type FaultEffect, isJobEffect } from './fault-effect.ts';

/** Asked once for every bulk job, when it comes to an end: what is to go wrong with it. */
export type JobFault = (job?: 'read' | 'write') => 'failure' | 'truncated' | undefined;

/**
 * The faults that strike bulk jobs. In a fault's `match`, a job is a `JOB` to `/crm/bulk/v8/read` or
 * `/crm/bulk/v8/write`.
 */
export function jobFaults(plan: FaultPlan<FaultEffect>): JobFault {
  return (job = 'read') => {
    const effect = plan.draw({ method: 'JOB', path: `/crm/bulk/v8/${job}` }, isJobEffect);
    if (effect === undefined) return undefined;
    return effect.kind === 'jobFailure' ? 'failure' : 'truncated';
  };
}
