import { channel } from 'node:diagnostics_channel';

/**
 * Every place where a process may die and another must go on as if it had not. `test/faults` kills it
 * at each, and refuses a name that is never reached.
 */
export const steps = [
  'provision.list-begun',
  'provision.made',
  'provision.kept',
  'run.started',
  'pull.planned',
  'pull.page-read',
  'pull.page-stored',
  'pull.finished',
  'score.histories-saved',
  'score.cuts-saved',
  'score.page-saved',
  'score.ended',
  'plan.created',
  'plan.page-compared',
  'plan.finished',
  'plan.decided',
  'plan.looked-at',
  'apply.begun',
  'apply.read-back',
  'apply.settled',
  'apply.marked',
  'apply.sending',
  'apply.job-noted',
  'apply.job-made',
  'apply.job-named',
  'apply.sent',
  'apply.receipts-saved',
  'apply.canary-compared',
  'lists.read-back',
  'lists.marked',
  'lists.sent',
  'lists.receipts-saved',
  'apply.ended',
  'rollback.settled',
  'rollback.page-read',
  'rollback.finished',
  'run.ended',
  'work.noted',
  'rescore.read',
  'rescore.stored',
  'rescore.ended',
  'rescore.heard',
] as const;
export type Step = (typeof steps)[number];

const listeners = channel('assay:step');

/** Says that a step was reached. Costs nothing while nobody listens. */
export function step(name: Step): void {
  if (listeners.hasSubscribers) listeners.publish(name);
}
