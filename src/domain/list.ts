import type { FieldKey } from './field.ts';
import type { RecordId } from './ids.ts';

/** A list the policy asks for: who is on it follows from the score. */
export type ListSpec = {
  /** Stable key. */
  readonly key: string;
  /** Name as people see it in the CRM. */
  readonly name: string;
  /** Customers whose result, as it is written to this field, is one of `values` are on it. */
  readonly field: FieldKey;
  readonly values: readonly string[];
};

/** A list of ours in the CRM, as the store remembers it. */
export type KnownList = {
  readonly key: string;
  /** The CRM's id of it. */
  readonly crmId: string;
  readonly name: string;
  /** `static`: we keep its members; `dynamic`: the CRM does, by our field. */
  readonly kind: 'static' | 'dynamic';
  /** `deleted`: a human removed it; reported, not rebuilt. */
  readonly status: 'active' | 'deleted';
};

/** What became of one step on a list. */
export type MembershipReceipt = {
  readonly listKey: string;
  readonly customerId: RecordId;
  readonly action: 'add' | 'remove';
  readonly outcome: 'applied' | 'unchanged' | 'rejected';
  readonly code?: string;
};
