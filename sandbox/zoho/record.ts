/**
 * A value as stored: text, number, yes or no, the picklist's actual value, a lookup's record id, or
 * the values of a multi-select. Days are `YYYY-MM-DD`; instants epoch milliseconds without a part of
 * a second. Absent and `null` are the same: empty.
 */
export type StoredValue = string | number | boolean | readonly string[] | null;

/** By field api name. */
export type StoredValues = Readonly<Record<string, StoredValue>>;

/** One record, live or in the recycle bin. Only `RecordStore` changes it. */
export interface StoredRecord {
  readonly id: string;
  /** Without the system fields below. */
  values: StoredValues;
  /** Epoch milliseconds, whole seconds. */
  readonly createdAt: number;
  modifiedAt: number;
  /** Ids of users. */
  readonly createdBy: string;
  modifiedBy: string;
  /** Ids of tags, oldest first. */
  tags: readonly string[];
  /** `locked`: RECORD_LOCKED on every write; `approval`: NOT_APPROVED; `review`: NOT_REVIEWED. */
  state: 'open' | 'locked' | 'approval' | 'review';
}

/** What is left of a record that was deleted. */
export interface DeletedRecord {
  readonly record: StoredRecord;
  readonly type: 'recycle' | 'permanent';
  readonly deletedAt: number;
  readonly deletedBy: string;
}
