import type { StoredRecord } from './record.ts';

/** Before, after or the same place. */
export type Compare = (a: StoredRecord, b: StoredRecord) => number;

/** Above this share of changed records, sorting anew is cheaper than merging them in. */
const MERGE_BELOW = 0.2;

/**
 * The live records in one order. Changes only note which records moved; whoever asks next pays for
 * one walk that leaves these out and merges them in again, so that a write between two reads of
 * 300,000 records costs milliseconds and not a sort. Every answer is an array of its own.
 */
export class SortedRecords {
  readonly #compare: Compare;
  readonly #live: ReadonlyMap<string, StoredRecord>;
  readonly #moved = new Set<string>();
  #sorted: readonly StoredRecord[] | null = null;

  constructor(live: ReadonlyMap<string, StoredRecord>, compare: Compare) {
    this.#live = live;
    this.#compare = compare;
  }

  /** The record was added, removed, or has another place now. */
  note(id: string): void {
    if (this.#sorted !== null) this.#moved.add(id);
  }

  all(): readonly StoredRecord[] {
    const sorted = this.#sorted;
    const isFew = sorted !== null && this.#moved.size <= sorted.length * MERGE_BELOW;
    const now = isFew ? this.#merged(sorted) : [...this.#live.values()].sort(this.#compare);
    this.#sorted = now;
    this.#moved.clear();
    return now;
  }

  #merged(sorted: readonly StoredRecord[]): readonly StoredRecord[] {
    if (this.#moved.size === 0) return sorted;
    const moved = [...this.#moved].flatMap((id) => this.#live.get(id) ?? []).sort(this.#compare);
    const merged: StoredRecord[] = [];
    let next = 0;
    for (const record of sorted) {
      if (this.#moved.has(record.id)) continue;
      for (let other = moved[next]; other !== undefined; other = moved[next]) {
        if (this.#compare(other, record) > 0) break;
        merged.push(other);
        next += 1;
      }
      merged.push(record);
    }
    return next === moved.length ? merged : [...merged, ...moved.slice(next)];
  }
}
