import type { Instant } from './time.ts';

/**
 * What the schedule asks of a connection. `run`: what changed, everybody whose day has come, plan,
 * apply. `delta`: the same between two of them. `full`: everything is read again, so that what no
 * delta tells is found. `renew-channels`: subscriptions to webhooks that lapse. `retention`: what is
 * older than kept is forgotten.
 */
export const dueKinds = ['run', 'delta', 'full', 'renew-channels', 'retention'] as const;
export type DueKind = (typeof dueKinds)[number];

/** Asked for and not done yet. */
export type DueWork = {
  readonly kind: DueKind;
  /** The newest time it was due at; those before it are made up by it. */
  readonly dueAt: Instant;
};
