import type { DeletedRecord, StoredRecord } from './record.ts';

/** What changes when a record is written. */
export type RecordChange = Partial<
  Pick<StoredRecord, 'values' | 'modifiedAt' | 'modifiedBy' | 'tags' | 'state'>
>;

/** Told of every change, after it. `record` is as it is now; of a deleted one, as it was. */
export interface RecordEvent {
  readonly kind: 'create' | 'edit' | 'delete' | 'restore';
  readonly record: StoredRecord;
  /** Api names of fields that have another value now. */
  readonly fields: readonly string[];
  readonly by: string;
}

/** The records of one module, live and deleted. Scans come in two orders, each kept sorted lazily. */
export class RecordStore {
  readonly #live = new Map<string, StoredRecord>();
  readonly #deleted = new Map<string, DeletedRecord>();
  readonly #listeners: ((event: RecordEvent) => void)[] = [];
  #byModified: StoredRecord[] | null = null;
  #byId: StoredRecord[] | null = null;

  get size(): number {
    return this.#live.size;
  }

  get(id: string): StoredRecord | undefined {
    return this.#live.get(id);
  }

  deleted(): readonly DeletedRecord[] {
    return [...this.#deleted.values()];
  }

  onEvent(listener: (event: RecordEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Live records by id, ascending. */
  byId(): readonly StoredRecord[] {
    this.#byId ??= [...this.#live.values()].sort((a, b) => compareIds(a.id, b.id));
    return this.#byId;
  }

  /** Live records by modified time, then id, ascending. */
  byModified(): readonly StoredRecord[] {
    this.#byModified ??= [...this.#live.values()].sort(
      (a, b) => a.modifiedAt - b.modifiedAt || compareIds(a.id, b.id),
    );
    return this.#byModified;
  }

  add(record: StoredRecord): void {
    this.#live.set(record.id, record);
    this.#forget();
    this.#tell({
      kind: 'create',
      record,
      fields: Object.keys(record.values),
      by: record.createdBy,
    });
  }

  /** `values` in the change replace those named and leave the others. */
  change(id: string, change: RecordChange): StoredRecord | undefined {
    const record = this.#live.get(id);
    if (record === undefined) return undefined;
    const { values, ...rest } = change;
    const before = record.values;
    if (values !== undefined) record.values = { ...before, ...values };
    Object.assign(record, rest);
    this.#byModified = null;
    const fields = Object.keys(values ?? {}).filter(
      (name) => (before[name] ?? null) !== (record.values[name] ?? null),
    );
    this.#tell({ kind: 'edit', record, fields, by: record.modifiedBy });
    return record;
  }

  delete(id: string, deletion: Omit<DeletedRecord, 'record'>): StoredRecord | undefined {
    const record = this.#live.get(id);
    if (record === undefined) return undefined;
    this.#live.delete(id);
    this.#deleted.set(id, { record, ...deletion });
    this.#forget();
    this.#tell({ kind: 'delete', record, fields: [], by: deletion.deletedBy });
    return record;
  }

  /** Back from the recycle bin, with the modified time it had. */
  restore(id: string, by: string): StoredRecord | undefined {
    const found = this.#deleted.get(id);
    if (found?.type !== 'recycle') return undefined;
    this.#deleted.delete(id);
    this.#live.set(id, found.record);
    this.#forget();
    this.#tell({ kind: 'restore', record: found.record, fields: [], by });
    return found.record;
  }

  #forget(): void {
    this.#byId = null;
    this.#byModified = null;
  }

  #tell(event: RecordEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** As numbers, without making numbers of them. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
