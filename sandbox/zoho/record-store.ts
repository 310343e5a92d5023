import { IndexLag } from './index-lag.ts';
import type { DeletedRecord, StoredRecord, StoredValue, StoredValues } from './record.ts';
import { SortedRecords } from './sorted-records.ts';
import { UniqueIndex } from './unique-index.ts';

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
  /** The values before an edit; of the other kinds, as they are. */
  readonly before: StoredValues;
}

/** How search trails the records; without it, it does not. */
export interface StoreOptions {
  readonly indexLagMs: number;
  readonly clock: () => number;
}

/** The records of one module, live and deleted. It checks nothing: rules are in `record-writer.ts`. */
export class RecordStore {
  readonly #live = new Map<string, StoredRecord>();
  readonly #deleted = new Map<string, DeletedRecord>();
  readonly #listeners: ((event: RecordEvent) => void)[] = [];
  readonly #unique = new UniqueIndex();
  readonly #lag: IndexLag;
  readonly #byId = new SortedRecords(this.#live, (a, b) => compareIds(a.id, b.id));
  readonly #byModified = new SortedRecords(
    this.#live,
    (a, b) => a.modifiedAt - b.modifiedAt || compareIds(a.id, b.id),
  );
  readonly #byCreated = new SortedRecords(
    this.#live,
    (a, b) => a.createdAt - b.createdAt || compareIds(a.id, b.id),
  );

  constructor({ indexLagMs, clock }: StoreOptions = { indexLagMs: 0, clock: Date.now }) {
    this.#lag = new IndexLag(indexLagMs, clock);
  }

  get size(): number {
    return this.#live.size;
  }

  get(id: string): StoredRecord | undefined {
    return this.#live.get(id);
  }

  deleted(): readonly DeletedRecord[] {
    return [...this.#deleted.values()];
  }

  getDeleted(id: string): DeletedRecord | undefined {
    return this.#deleted.get(id);
  }

  onEvent(listener: (event: RecordEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Live records by id, ascending. */
  byId(): readonly StoredRecord[] {
    return this.#byId.all();
  }

  /** Live records by modified time, then id, ascending. */
  byModified(): readonly StoredRecord[] {
    return this.#byModified.all();
  }

  /** Live records by created time, then id, ascending. */
  byCreated(): readonly StoredRecord[] {
    return this.#byCreated.all();
  }

  /** Live records as search sees them, newest id first. */
  seenBySearch(): Iterable<StoredRecord> {
    return this.#lag.seen(this.#byId.all().toReversed());
  }

  /** Live records that hold a value of a field, oldest first; letters' case makes no difference. */
  holding(name: string, value: StoredValue): readonly StoredRecord[] {
    const ids = this.#unique.find(name, value, () => this.#live.values());
    return ids.flatMap((id) => this.#live.get(id) ?? []);
  }

  /** As it was before anybody looked: nobody is told, and search knows it. */
  load(record: StoredRecord): void {
    this.#live.set(record.id, record);
    this.#unique.add(record);
    this.#moved(record.id);
  }

  add(record: StoredRecord): void {
    this.load(record);
    this.#lag.note(record.id, undefined);
    const { values, createdBy } = record;
    this.#tell({
      ...{ kind: 'create', record, fields: Object.keys(values) },
      ...{ by: createdBy, before: values },
    });
  }

  /** `values` in the change replace those named and leave the others. */
  change(id: string, change: RecordChange): StoredRecord | undefined {
    const record = this.#live.get(id);
    if (record === undefined) return undefined;
    const { values, ...rest } = change;
    const before = record.values;
    this.#lag.note(id, record);
    this.#unique.remove(record);
    if (values !== undefined) record.values = { ...before, ...values };
    Object.assign(record, rest);
    this.#unique.add(record);
    this.#byModified.note(id);
    const fields = Object.keys(values ?? {}).filter(
      (name) => (before[name] ?? null) !== (record.values[name] ?? null),
    );
    this.#tell({ kind: 'edit', record, fields, by: record.modifiedBy, before });
    return record;
  }

  delete(id: string, deletion: Omit<DeletedRecord, 'record'>): StoredRecord | undefined {
    const record = this.#live.get(id);
    if (record === undefined) return undefined;
    this.#live.delete(id);
    this.#deleted.set(id, { record, ...deletion });
    this.#unique.remove(record);
    this.#moved(id);
    const { values: before } = record;
    this.#tell({ kind: 'delete', record, fields: [], by: deletion.deletedBy, before });
    return record;
  }

  /** Out of the recycle bin for good; whether it was in there. */
  purge(id: string, deletion: Omit<DeletedRecord, 'record' | 'type'>): boolean {
    const found = this.#deleted.get(id);
    if (found?.type !== 'recycle') return false;
    this.#deleted.set(id, { record: found.record, type: 'permanent', ...deletion });
    return true;
  }

  /** Back from the recycle bin, with the modified time it had. */
  restore(id: string, by: string): StoredRecord | undefined {
    const found = this.#deleted.get(id);
    if (found?.type !== 'recycle') return undefined;
    const { record } = found;
    this.#deleted.delete(id);
    this.load(record);
    this.#lag.note(id, undefined);
    this.#tell({ kind: 'restore', record, fields: [], by, before: record.values });
    return record;
  }

  /** After an admin renamed a field's api name (`to`), or deleted the field (`null`). */
  moveField(from: string, to: string | null): void {
    const deleted = this.deleted().map(({ record }) => record);
    for (const record of [...this.#live.values(), ...deleted]) {
      const { [from]: value, ...values } = record.values;
      if (value === undefined) continue;
      record.values = to === null ? values : { ...values, [to]: value };
    }
    for (const name of [from, to ?? from]) this.#unique.forget(name);
  }

  #moved(id: string): void {
    for (const order of [this.#byId, this.#byModified, this.#byCreated]) order.note(id);
  }

  #tell(event: RecordEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** As numbers, without making numbers of them. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
