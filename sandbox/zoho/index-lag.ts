import type { StoredRecord } from './record.ts';

interface Pending {
  readonly dueAt: number;
  /** What search showed before the write; `undefined` when it showed nothing. */
  readonly before: StoredRecord | undefined;
}

/** Search trails the records (facts §4.5). This keeps, of young writes, what it still shows. */
export class IndexLag {
  readonly #lagMs: number;
  readonly #clock: () => number;
  readonly #pending = new Map<string, Pending[]>();

  constructor(lagMs: number, clock: () => number) {
    this.#lagMs = lagMs;
    this.#clock = clock;
  }

  /** Notes a write that is about to happen to `before`, or that has created the record. */
  note(id: string, before: StoredRecord | undefined): void {
    if (this.#lagMs <= 0) return;
    const copy = before === undefined ? undefined : { ...before };
    const pending = { dueAt: this.#clock() + this.#lagMs, before: copy };
    this.#pending.set(id, [...(this.#pending.get(id) ?? []), pending]);
  }

  /** The records as search sees them now; those created a moment ago are not among them. */
  *seen(records: Iterable<StoredRecord>): Generator<StoredRecord> {
    this.#settle();
    for (const record of records) {
      const pending = this.#pending.get(record.id);
      if (pending === undefined) yield record;
      else if (pending[0]?.before !== undefined) yield pending[0].before;
    }
  }

  #settle(): void {
    const now = this.#clock();
    for (const [id, pending] of this.#pending) {
      const young = pending.filter(({ dueAt }) => dueAt > now);
      if (young.length === 0) this.#pending.delete(id);
      else this.#pending.set(id, young);
    }
  }
}
