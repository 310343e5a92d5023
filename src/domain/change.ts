import type { FieldKey, FieldValue } from './field.ts';
import type { RecordId } from './ids.ts';
import type { Instant } from './time.ts';

/** One field's step from what the CRM holds to what the score says. */
export type FieldChange = {
  readonly key: FieldKey;
  readonly from: FieldValue;
  readonly to: FieldValue;
};

/**
 * How soon a change is worth its call when quota is short: the tier first, then scores, then the
 * facts behind them.
 */
export const changePriorities = ['tier', 'score', 'fact'] as const;
export type ChangePriority = (typeof changePriorities)[number];

/** One proposed write: all fields of one customer that differ. */
export type Change = {
  /** Position in the plan, from 0; also the key of its receipt. */
  readonly seq: number;
  readonly customerId: RecordId;
  readonly priority: ChangePriority;
  /** Never empty. */
  readonly fields: readonly FieldChange[];
};

/** One proposed step on a list. */
export type MembershipChange = {
  readonly listKey: string;
  readonly customerId: RecordId;
  readonly action: 'add' | 'remove';
};

export const receiptOutcomes = ['applied', 'unchanged', 'rejected'] as const;
export type ReceiptOutcome = (typeof receiptOutcomes)[number];

/** What became of one change. */
export type Receipt =
  | {
      readonly seq: number;
      readonly outcome: 'applied';
      /** The record's modified time after our write, as the CRM gave it. */
      readonly modifiedAt: Instant | null;
    }
  | { readonly seq: number; readonly outcome: 'unchanged' }
  | {
      readonly seq: number;
      readonly outcome: 'rejected';
      /** Stable code from the runbook, for example `RECORD_GONE`. */
      readonly code: string;
      /** What was wrong and what to do, for a person. */
      readonly message: string;
    };
