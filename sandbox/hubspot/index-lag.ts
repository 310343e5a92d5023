import type { StoredRecord } from './record.ts';

interface Pending {
  readonly slot: number;
  readonly dueAt: number;
  /** What search showed before the write; `undefined` when it showed nothing. */
  readonly before: StoredRecord | undefined;
}

/**
 * Search reads an index that trails the records by "a few moments" (README 14). This keeps,
 * for every write younger than the lag, what the index still shows. Records are replaced and never
 * changed in place, so an old version costs one reference.
 */
export class IndexLag {
  readonly #lagMs: number;
  #queue: Pending[] = [];
  readonly #bySlot = new Map<number, Pending[]>();

  constructor(lagMs: number) {
    this.#lagMs = lagMs;
  }

  /** Notes a write at time `at`; tells whether the slot lags now. */
  note(slot: number, at: number, before: StoredRecord | undefined): boolean {
    if (this.#lagMs <= 0) return false;
    const pending = { slot, dueAt: at + this.#lagMs, before };
    this.#queue.push(pending);
    const others = this.#bySlot.get(slot);
    if (others === undefined) this.#bySlot.set(slot, [pending]);
    else others.push(pending);
    return true;
  }

  /** Lets the index catch up to `now`; returns the slots it caught up with, wholly or by a version. */
  settle(now: number): readonly number[] {
    const stillYoung = this.#queue.findIndex(({ dueAt }) => dueAt > now);
    const due = stillYoung === -1 ? this.#queue.length : stillYoung;
    if (due === 0) return [];
    const moved = this.#queue.slice(0, due).map(({ slot }) => slot);
    for (const slot of moved) {
      const others = this.#bySlot.get(slot);
      others?.shift();
      if (others?.length === 0) this.#bySlot.delete(slot);
    }
    this.#queue = this.#queue.slice(due);
    return moved;
  }

  /** Whether search still shows an older version of the slot. */
  isBehind(slot: number): boolean {
    return this.#bySlot.has(slot);
  }

  /** The lagging slots, each with the version search still shows. */
  *shown(): Generator<{ readonly slot: number; readonly record: StoredRecord | undefined }> {
    for (const [slot, pending] of this.#bySlot) yield { slot, record: pending[0]?.before };
  }
}
