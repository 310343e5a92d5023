import { channel } from 'node:diagnostics_channel';

/**
 * Every place where a process may die and another must go on as if it had not. `test/faults` kills it
 * at each, and refuses a name that is never reached.
 */
export const steps = [
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
  'apply.begun',
  'apply.marked',
  'apply.sent',
  'apply.receipts-saved',
  'lists.sent',
  'lists.receipts-saved',
  'apply.ended',
  'run.ended',
] as const;
export type Step = (typeof steps)[number];

const listeners = channel('assay:step');

/** Says that a step was reached. Costs nothing while nobody listens. */
export function step(name: Step): void {
  if (listeners.hasSubscribers) listeners.publish(name);
}
