import type { ConnectionId } from './ids.ts';
import type { Instant } from './time.ts';

/** What the log tells of. */
export const auditKinds = [
  'run.started',
  'run.ended',
  'plan.made',
  'plan.held',
  'plan.approved',
  'plan.rejected',
  'plan.stale',
  'plan.applied',
  'writes',
  'rollback.planned',
  'connection.stopped',
  'connection.resumed',
  'override.set',
  'override.cleared',
  'policy.published',
  'policy.retired',
  'policy.challenged',
  'review.done',
  'customer.erased',
  'access.granted',
  'access.revoked',
] as const;
export type AuditKind = (typeof auditKinds)[number];

/**
 * One thing to be told. `facts` is never personal: ids of runs and plans, counts, guards, versions.
 * What is about a customer, or could be, as a reason somebody typed, goes into `detail`, which erasing
 * that customer takes out.
 */
export type AuditFact = {
  readonly kind: AuditKind;
  /** `null`: of none in particular. */
  readonly connection: ConnectionId | null;
  readonly actor: string;
  readonly at: Instant;
  readonly facts: Readonly<Record<string, AuditValue>>;
  readonly detail?: AuditDetail | null;
};

export type AuditValue = string | number | boolean | null | readonly string[];

export type AuditDetail = {
  /** Ids of the customers it is about; erasing one of them takes the detail out. */
  readonly customers: readonly string[];
  readonly content: Readonly<Record<string, AuditValue>>;
};
