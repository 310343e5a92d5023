import type { IdSequence } from './id-sequence.ts';
import { IndexLag } from './index-lag.ts';
import type { LoadedRecord, Properties, StoredRecord } from './record.ts';
import { ARCHIVED, LAGGED, LIVE, RecordColumns } from './record-columns.ts';
import { UniqueIndex } from './unique-index.ts';
import { WriteHistory } from './write-history.ts';

/**
 * All records of one type. It stores and finds; it checks nothing and tells no one: rules are in
 * `record-writer.ts`. Callers address records by slot, see {@link RecordColumns}.
 */
export class ObjectStore {
  readonly columns = new RecordColumns();
  readonly history = new WriteHistory();
  readonly #ids: IdSequence;
  readonly #lag: IndexLag;
  readonly #unique = new UniqueIndex();
  readonly #archivedAt = new Map<number, number>();
  readonly #aliases = new Map<number, number>();
  #revision = 0;

  constructor(ids: IdSequence, indexLagMs: number) {
    this.#ids = ids;
    this.#lag = new IndexLag(indexLagMs);
  }

  /** Grows with every change, so that answers of search can be kept until something changes. */
  get revision(): number {
    return this.#revision;
  }

  /** Adds one record without checks, events or lag, as bulk loaders need it. Returns its id. */
  load({ id, createdAt, updatedAt, properties }: LoadedRecord): number {
    const newId = id === undefined ? this.#ids.next() : this.#ids.claim(id);
    const slot = this.columns.push(newId, createdAt, updatedAt, properties);
    this.#unique.add(slot, properties);
    this.#revision += 1;
    return newId;
  }

  /** {@link ObjectStore.load} for many; returns their ids in order. */
  insertMany(records: Iterable<LoadedRecord>): number[] {
    return Array.from(records, (record) => this.load(record));
  }

  /** Adds one record as an app does, now; search sees it after the lag. Returns its slot. */
  insert(properties: Properties, now: number, createdAt = now): number {
    const slot = this.columns.push(this.#ids.next(), createdAt, now, properties);
    this.#unique.add(slot, properties);
    this.#lagFrom(slot, now, undefined);
    return slot;
  }

  /** Replaces the properties and bumps the modified date, even when every value is the same. */
  write(slot: number, properties: Properties, now: number, appId: string): void {
    const before = this.at(slot);
    this.history.note(slot, now, appId, before.properties);
    this.#unique.remove(slot, before.properties);
    this.#unique.add(slot, properties);
    this.columns.properties[slot] = properties;
    this.columns.updatedAt[slot] = now;
    this.#lagFrom(slot, now, this.isLive(slot) ? before : undefined);
  }

  /** To the recycle bin. The modified date stays as it was (README 22). */
  archive(slot: number, now: number): void {
    this.#leave(slot, ARCHIVED);
    this.#archivedAt.set(slot, now);
  }

  /** Back from the recycle bin; search sees the record after the lag. */
  restore(slot: number, now: number): void {
    this.#archivedAt.delete(slot);
    this.columns.state[slot] = LIVE;
    this.#unique.add(slot, this.at(slot).properties);
    this.#lagFrom(slot, now, undefined);
  }

  /** Takes a record away for good: merged into another (`aliasOf`), or purged. */
  retire(slot: number, aliasOf?: number): void {
    this.#leave(slot, 0);
    this.#archivedAt.delete(slot);
    if (aliasOf !== undefined) this.#aliases.set(this.at(slot).id, aliasOf);
    else this.history.forget(slot);
    this.columns.properties[slot] = {};
  }

  at(slot: number): StoredRecord {
    const { ids, createdAt, updatedAt, properties } = this.columns;
    return {
      id: ids[slot] ?? 0,
      createdAt: createdAt[slot] ?? 0,
      updatedAt: updatedAt[slot] ?? 0,
      properties: properties[slot] ?? {},
    };
  }

  archivedAt(slot: number): number | undefined {
    return this.#archivedAt.get(slot);
  }

  isLive(slot: number): boolean {
    return ((this.columns.state[slot] ?? 0) & LIVE) !== 0;
  }

  isArchived(slot: number): boolean {
    return ((this.columns.state[slot] ?? 0) & ARCHIVED) !== 0;
  }

  /** The slot of exactly this id, in whatever state; `undefined` when the id was never given. */
  slotOf(id: number): number | undefined {
    const slot = this.columns.slotAtOrAbove(id);
    return slot < this.columns.size && this.columns.ids[slot] === id ? slot : undefined;
  }

  /** The id that answers for `id` now: itself, or what it was merged into (README 23). */
  resolve(id: number): number {
    let current = id;
    for (let next = this.#aliases.get(id); next !== undefined; next = this.#aliases.get(next))
      current = next;
    return current;
  }

  /** The live slot that holds a unique value. */
  find(name: string, value: string): number | undefined {
    return this.#unique.find(name, value, () => this.#everyLive());
  }

  /** Slots that are live (or archived), ascending, from the first id at or above `fromId`. */
  *slotsFrom(fromId: number, archived = false): Generator<number> {
    const wanted = archived ? ARCHIVED : LIVE;
    for (let slot = this.columns.slotAtOrAbove(fromId); slot < this.columns.size; slot += 1)
      if (((this.columns.state[slot] ?? 0) & wanted) !== 0) yield slot;
  }

  /** The first `limit` of {@link ObjectStore.slotsFrom}. */
  page(fromId: number, limit: number, archived: boolean): readonly number[] {
    const slots: number[] = [];
    if (limit === 0) return slots;
    for (const slot of this.slotsFrom(fromId, archived)) if (slots.push(slot) === limit) break;
    return slots;
  }

  /** Lets search catch up to `now`. */
  settle(now: number): void {
    const moved = this.#lag.settle(now);
    const { state } = this.columns;
    for (const slot of moved)
      if (!this.#lag.isBehind(slot)) state[slot] = (state[slot] ?? 0) & ~LAGGED;
    if (moved.length > 0) this.#revision += 1;
  }

  /** What search shows instead of each lagging slot. */
  *lagging(): Generator<{ readonly slot: number; readonly record: StoredRecord }> {
    for (const { slot, record } of this.#lag.shown())
      if (record !== undefined && this.isLive(slot)) yield { slot, record };
  }

  #leave(slot: number, state: number): void {
    this.#unique.remove(slot, this.at(slot).properties);
    this.columns.state[slot] = state;
    this.#revision += 1;
  }

  #lagFrom(slot: number, now: number, before: StoredRecord | undefined): void {
    this.#revision += 1;
    if (this.#lag.note(slot, now, before))
      this.columns.state[slot] = (this.columns.state[slot] ?? 0) | LAGGED;
  }

  *#everyLive(): Generator<readonly [number, Properties]> {
    for (const slot of this.slotsFrom(0)) yield [slot, this.at(slot).properties];
  }
}
