import type { RowBatch } from './row-batch.ts';

/** Customers of a shelf: so few that all that is added up for them stays near the processor. */
const SHELF_BITS = 12;
export const SHELF_SIZE = 1 << SHELF_BITS;
const DAY_BITS = 16;
const DAY_MASK = (1 << DAY_BITS) - 1;

/** Numbers on a page: it grows with the shelf, so that few customers need little room. */
const FIRST_PAGE = 32;
const LARGEST_PAGE = 4096;
/** Numbers that room is asked for at a time. */
const SLAB = 1 << 19;

/**
 * Some rows of one shelf, two numbers each, side by side so that a row is written to one place: the
 * customer's place on the shelf with the day (see `placeOf` and `dayOf`), and the minor units.
 */
export type Page = Float64Array;

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

const noPage: Page = new Float64Array(0);

/** A shelf while it is filled. */
class OpenShelf {
  page = noPage;
  /** Numbers in `page`, and in those before it. */
  used = 0;
  before = 0;
  readonly full: Page[] = [];
}

/**
 * Rows of orders, parted by customer as they come, a few thousand neighbouring numbers to a shelf: 16
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

  /** There are no more customers than that. */
  get mostCustomers(): number {
    const shelves = this.#shelves.filter((shelf) => shelf !== null).length;
    return Math.min(this.#rows, shelves * SHELF_SIZE);
  }

  /** Days run from 0 to 65,535. */
  push(customer: number, day: number, minor: number): void {
    const shelf = this.#shelves[customer >>> SHELF_BITS] ?? this.#open(customer >>> SHELF_BITS);
    if (shelf.used === shelf.page.length) this.#turn(shelf);
    const { page, used } = shelf;
    page[used] = ((customer & (SHELF_SIZE - 1)) << DAY_BITS) | day;
    page[used + 1] = minor;
    shelf.used = used + 2;
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
      const pages = [...full, page.subarray(0, used)];
      yield { first: at * SHELF_SIZE, rows: (before + used) / 2, pages };
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
    if (this.#slabUsed + room > this.#slab.length) {
      this.#slab = new Float64Array(Math.min(SLAB, Math.max(room, 2 * this.#rows)));
      this.#slabUsed = 0;
    }
    shelf.page = this.#slab.subarray(this.#slabUsed, this.#slabUsed + room);
    this.#slabUsed += room;
  }
}
