import type { StoredRecord, StoredValue } from './record.ts';

/**
 * Which live record holds a value of a field. Built when a field is first asked for, so that loading
 * a million records costs nothing, and kept up from then on. Letters' case makes no difference.
 */
export class UniqueIndex {
  readonly #byField = new Map<string, Map<string, Set<string>>>();

  /** Ids of the records that hold it, oldest first. */
  find(name: string, value: StoredValue, live: () => Iterable<StoredRecord>): readonly string[] {
    const index = this.#byField.get(name) ?? this.#build(name, live());
    return [...(index.get(keyOf(value) ?? '') ?? [])];
  }

  add(record: StoredRecord): void {
    for (const [name, index] of this.#byField) note(index, record, name);
  }

  remove(record: StoredRecord): void {
    for (const [name, index] of this.#byField)
      index.get(keyOf(record.values[name] ?? null) ?? '')?.delete(record.id);
  }

  /** Of a field whose values were moved or dropped. */
  forget(name: string): void {
    this.#byField.delete(name);
  }

  #build(name: string, records: Iterable<StoredRecord>): Map<string, Set<string>> {
    const index = new Map<string, Set<string>>();
    for (const record of records) note(index, record, name);
    this.#byField.set(name, index);
    return index;
  }
}

function note(index: Map<string, Set<string>>, record: StoredRecord, name: string): void {
  const key = keyOf(record.values[name] ?? null);
  if (key === undefined) return;
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([record.id]));
  else ids.add(record.id);
}

function keyOf(value: StoredValue): string | undefined {
  const key = String(value ?? '')
    .trim()
    .toLowerCase();
  return key === '' ? undefined : key;
}
