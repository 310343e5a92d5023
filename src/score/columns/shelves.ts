import type { RowBatch } from './row-batch.ts';

/** Customers of a shelf: so few that all that is added up for them stays near the processor. */
const SHELF_BITS = 12;
export const SHELF_SIZE = 1 << SHELF_BITS;
const DAY_BITS = 16;
const DAY_MASK = (1 << DAY_BITS) - 1;

/** Rows of a page: it grows with the shelf, so that few customers need little room. */
const FIRST_PAGE = 16;
const LARGEST_PAGE = 2048;
/** Rows that room is asked for at a time. */
const SLAB = 1 << 18;

/** Some rows of one shelf. */
export type Page = {
  /** Place of the customer on the shelf and day, see `placeOf` and `dayOf`. */
  readonly keys: Int32Array;
  readonly minor: Float64Array;
};

/** The rows of customers whose numbers are neighbours. */
export type Shelf = {
  /** The lowest number that can stand on it. */
  readonly first: number;
  readonly rows: number;
  readonly pages: readonly Page[];
};

/** The customer's place on its shelf. */
export function placeOf(key: number): number {
  return key >>> DAY_BITS;
}

/** Days since 1970-01-01. */
export function dayOf(key: number): number {
  return key & DAY_MASK;
}

const noPage: Page = { keys: new Int32Array(0), minor: new Float64Array(0) };

/** A shelf while it is filled. */
class OpenShelf {
  page = noPage;
  /** Rows in `page`, and in those before it. */
  used = 0;
  before = 0;
  readonly full: Page[] = [];
}

/**
 * Rows of orders, parted by customer as they come, a few thousand neighbouring numbers to a shelf: 12
 * bytes each. Going straight to each customer's own place would cost a wait for memory a row, and take
 * five times as long on ten million rows.
 */
export class Shelves {
  readonly #shelves: (OpenShelf | null)[] = [];
  #slab = noPage;
  #slabUsed = 0;
  #rows = 0;

  /** Rows on all shelves. */
  get rows(): number {
    return this.#rows;
  }

  /** Days run from 0 to 65,535. */
  push(customer: number, day: number, minor: number): void {
    const shelf = this.#shelves[customer >>> SHELF_BITS] ?? this.#open(customer >>> SHELF_BITS);
    if (shelf.used === shelf.page.keys.length) this.#turn(shelf);
    const at = shelf.used;
    shelf.page.keys[at] = ((customer & (SHELF_SIZE - 1)) << DAY_BITS) | day;
    shelf.page.minor[at] = minor;
    shelf.used = at + 1;
    this.#rows += 1;
  }

  /** The rows of a batch, their customers' numbers beside it. */
  pushAll(customers: Int32Array, { count, day, minor }: RowBatch): void {
    for (let row = 0; row < count; row += 1)
      this.push(customers[row] ?? 0, day[row] ?? 0, minor[row] ?? 0);
  }

  /** Takes the shelves off in turn, empty ones left out; their rows are let go when the next comes. */
  *drain(): Generator<Shelf> {
    for (const [at, shelf] of this.#shelves.entries()) {
      this.#shelves[at] = null;
      if (shelf === null) continue;
      const { page, used, before, full } = shelf;
      const last = { keys: page.keys.subarray(0, used), minor: page.minor.subarray(0, used) };
      yield { first: at * SHELF_SIZE, rows: before + used, pages: [...full, last] };
    }
    this.#rows = 0;
  }

  #open(at: number): OpenShelf {
    while (this.#shelves.length <= at) this.#shelves.push(null);
    const shelf = new OpenShelf();
    this.#shelves[at] = shelf;
    return shelf;
  }

  #turn(shelf: OpenShelf): void {
    if (shelf.used > 0) shelf.full.push(shelf.page);
    shelf.before += shelf.used;
    shelf.used = 0;
    const room = Math.min(LARGEST_PAGE, Math.max(FIRST_PAGE, shelf.before));
    if (this.#slabUsed + room > this.#slab.keys.length) {
      const size = Math.min(SLAB, Math.max(room, this.#rows));
      this.#slab = { keys: new Int32Array(size), minor: new Float64Array(size) };
      this.#slabUsed = 0;
    }
    const [from, to] = [this.#slabUsed, this.#slabUsed + room];
    this.#slabUsed = to;
    shelf.page = {
      keys: this.#slab.keys.subarray(from, to),
      minor: this.#slab.minor.subarray(from, to),
    };
  }
}
