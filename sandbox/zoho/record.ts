/**
 * A value as stored: text, number, yes or no, the picklist's actual value, a lookup's record id, or
 * the values of a multi-select. Days are `YYYY-MM-DD`; instants epoch milliseconds without a part of
 * a second. Absent and `null` are the same: empty.
 */
export type StoredValue = string | number | boolean | readonly string[] | null;

/** One record, live or in the recycle bin. Only `RecordStore` changes it. */
export interface StoredRecord {
  readonly id: string;
  /** By field api name, without the system fields below. */
  values: Readonly<Record<string, StoredValue>>;
  /** Epoch milliseconds, whole seconds. */
  readonly createdAt: number;
  modifiedAt: number;
  /** Ids of users. */
  readonly createdBy: string;
  modifiedBy: string;
  /** Ids of tags, oldest first. */
  tags: readonly string[];
  /** `locked`: RECORD_LOCKED on every write; `approval`: NOT_APPROVED. */
  state: 'open' | 'locked' | 'approval';
}

/** What is left of a record that was deleted. */
export interface DeletedRecord {
  readonly record: StoredRecord;
  readonly type: 'recycle' | 'permanent';
  readonly deletedAt: number;
  readonly deletedBy: string;
}
