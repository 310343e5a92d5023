import type { Properties } from './record.ts';

/** Bits of a slot's state. None set: the record is gone for good (merged away or purged). */
export const LIVE = 1;
export const ARCHIVED = 2;
/** Search still shows an older version of this slot; see {@link import('./index-lag.ts').IndexLag}. */
export const LAGGED = 4;

const FIRST_CAPACITY = 1024;

/**
 * Records by column instead of by object: a slot is an index into all arrays, given in ascending
 * order of id and never reused. Five million records cost 25 bytes each besides their properties,
 * a lookup by id is a binary search, and a filter on a date is a walk over one typed array (about
 * a millisecond per million), so that search needs no index that every write would have to mend.
 */
export class RecordColumns {
  ids = new Float64Array(FIRST_CAPACITY);
  createdAt = new Float64Array(FIRST_CAPACITY);
  updatedAt = new Float64Array(FIRST_CAPACITY);
  state = new Uint8Array(FIRST_CAPACITY);
  readonly properties: Properties[] = [];

  get size(): number {
    return this.properties.length;
  }

  /** Adds a live slot. `id` must be above every id before it. */
  push(id: number, createdAt: number, updatedAt: number, properties: Properties): number {
    const slot = this.size;
    const last = slot === 0 ? 0 : (this.ids[slot - 1] ?? 0);
    if (id <= last) throw new RangeError(`Record id ${id} is not above the last id ${last}.`);
    if (slot === this.ids.length) this.#grow();
    this.ids[slot] = id;
    this.createdAt[slot] = createdAt;
    this.updatedAt[slot] = updatedAt;
    this.state[slot] = LIVE;
    this.properties.push(properties);
    return slot;
  }

  /** The first slot whose id is at or above `id`; `size` when there is none. */
  slotAtOrAbove(id: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const capacity = this.ids.length * 2;
    this.ids = widened(this.ids, new Float64Array(capacity));
    this.createdAt = widened(this.createdAt, new Float64Array(capacity));
    this.updatedAt = widened(this.updatedAt, new Float64Array(capacity));
    this.state = widened(this.state, new Uint8Array(capacity));
  }
}

function widened<T extends Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
