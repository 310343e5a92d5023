import type { FieldKey, FieldValue } from './field.ts';
import type { ConnectionId, PlanId, RecordId, RunId } from './ids.ts';
import type { Instant } from './time.ts';

/** What a rollback is to take back: what some plans wrote, or all that was written after an instant. */
export type RollbackScope = { readonly connection: ConnectionId } & (
  | { readonly kind: 'plans'; readonly plans: readonly PlanId[] }
  | { readonly kind: 'after'; readonly at: Instant }
);

/**
 * Why something stays as it is: `changed` by a person or another app since; `written-again` by a later
 * run of ours; `gone`, the record is; `not-kept`, the policy writes that field no more; `list-deleted`
 * in the CRM.
 */
export const exceptionKinds = [
  'changed',
  'written-again',
  'gone',
  'not-kept',
  'list-deleted',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** One field or membership that a rollback does not take back. */
export type RollbackException = {
  readonly customerId: RecordId;
  readonly kind: ExceptionKind;
  /** `customer`: all of it, and `key` is empty. */
  readonly of: 'field' | 'list' | 'customer';
  /** The field's or the list's. */
  readonly key: string;
  /** What we wrote; of a list `add` or `remove`. */
  readonly wrote: string | null;
  /** What the CRM holds, where that was read. */
  readonly now: string | null;
  /** The later run, of `written-again`. */
  readonly byRun: RunId | null;
};

/** What we wrote to one field, several times as one step. */
export type WrittenField = {
  readonly key: FieldKey;
  /** Before the oldest of our writes. */
  readonly before: FieldValue;
  /** By the newest. */
  readonly wrote: FieldValue;
  /** The last run that wrote it after those to be taken back; `null`: none did. */
  readonly againBy: RunId | null;
};

/** What we wrote to one customer. */
export type WrittenCustomer = {
  readonly customerId: RecordId;
  /** Place among all that was written: where the next page begins. */
  readonly position: number;
  readonly fields: readonly WrittenField[];
};

/** What we did to one membership, several steps as one. */
export type WrittenMembership = {
  readonly listKey: string;
  readonly customerId: RecordId;
  readonly position: number;
  readonly wasMember: boolean;
  readonly wrote: 'add' | 'remove';
  readonly againBy: RunId | null;
  /** As far as the store knows. */
  readonly isMember: boolean;
  readonly isGone: boolean;
};
