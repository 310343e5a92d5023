import type { ConnectionId } from './ids.ts';

/**
 * What somebody is told of at once. A kind is a section of the runbook, `test/runbook-alerts.test.ts`
 * holds both equal.
 */
export const alertKinds = [
  'run-failed',
  'plan-held',
  'connection-paused',
  'quota-near',
  'channel-lapsed',
  'dead-letters',
  'named-tiers-fell',
  'review-due',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** No personal data, no secret: it leaves the house. */
export type Alert = {
  readonly kind: AlertKind;
  /** `null`: of none, as of a message that nobody can read. */
  readonly connection: ConnectionId | null;
  /** What happened, a sentence. */
  readonly happened: string;
  /** What to do, beyond the runbook's own line. */
  readonly todo: string | null;
};
