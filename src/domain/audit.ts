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
  /** A guard of the source was let pass: records that it kept are gone from the store. */
  'source.allowed',
  'writes',
  'rollback.planned',
  /** Fields, options and lists of ours were made in the CRM, or taken away. */
  'fields.provisioned',
  'fields.removed',
  'connection.stopped',
  'connection.resumed',
  'override.set',
  'override.cleared',
  'policy.published',
  'policy.retired',
  'policy.challenged',
  /** The shadow of a challenger is over: somebody's word, or it was published or retired. */
  'policy.challenge-ended',
  'review.done',
  'customer.erased',
  'records.forgotten',
  'connection.forgotten',
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

/** A row of the log. */
export type AuditRow = {
  /** The connection it is of, or `house`. */
  readonly chain: string;
  /** From 1, without a gap. */
  readonly position: number;
  readonly at: Instant;
  readonly actor: string;
  readonly kind: string;
  readonly facts: Readonly<Record<string, AuditValue>>;
  /** `null`: it never had one, or it was taken out. */
  readonly detail: Readonly<Record<string, AuditValue>> | null;
  /** Its detail was taken out, because somebody it was about is erased. */
  readonly isErased: boolean;
  readonly hash: string;
};

/** What may be wrong with the log, or with what it vouches for. */
export type AuditFault =
  /** The row is not what was written. */
  | 'changed'
  /** Rows that were written are not there. */
  | 'missing'
  /** Its detail is not what was written. */
  | 'detail-changed'
  /** Its detail is gone, and no row says that somebody was erased. */
  | 'detail-missing'
  /** Rows stand behind the head, or the head is not theirs. */
  | 'head'
  /** The log was cut, or grown anew, since the head that was noted. */
  | 'cut'
  /** What is stored of a plan is not what was planned. */
  | 'plan-changed'
  /** What is stored of writes is not what became of them. */
  | 'writes-changed'
  /** Writes that the log does not tell. */
  | 'writes-untold'
  /** Somebody may act of whom the log does not tell. */
  | 'access-untold';

/** The first thing that is wrong in a chain. */
type AuditBreak = {
  readonly chain: string;
  /** `null`: of no row in particular. */
  readonly position: number | null;
  readonly fault: AuditFault;
  /** What was found, a sentence; never personal. */
  readonly found: string;
};

/** One chain, looked through to its end or its first break. */
export type ChainVerdict = {
  readonly chain: string;
  /** Rows that are in order. */
  readonly rows: number;
  readonly head: AuditHead | null;
  readonly broken: AuditBreak | null;
};

/** The last row of a chain: whoever notes it elsewhere sees later whether the log was cut. */
export type AuditHead = {
  readonly chain: string;
  readonly position: number;
  readonly hash: string;
};
