import { dayOf, type Page, placeOf, SHELF_SIZE } from './shelves.ts';

/** Days that rows can have. */
const DAYS = 1 << 16;

/**
 * The days with an order of a shelf's customers. Rows are sorted by day, all of the shelf at once, and
 * then parted by customer: both by counting, so that nothing is compared and 200,000 orders of one
 * customer cost no more than those of many.
 */
export class ShelfDays {
  /** How many rows each day has, then where they begin. */
  readonly #places = new Int32Array(DAYS + 1);
  #sorted = new Int32Array(0);
  /** Where each customer's next day goes. */
  readonly #next = new Int32Array(SHELF_SIZE);
  /** The customer's days go from here on. */
  readonly starts = new Int32Array(SHELF_SIZE);

  /**
   * Writes each customer's days into `days` from `from` on, ascending, each once: `orders[place]` of
   * them, where it said how many rows with an order there are.
   */
  place(pages: readonly Page[], orders: Int32Array, days: Int32Array, from: number): void {
    const count = this.#sort(pages);
    let next = from;
    for (let place = 0; place < SHELF_SIZE; place += 1) {
      this.starts[place] = next;
      this.#next[place] = next;
      next += orders[place] ?? 0;
    }
    for (let row = 0; row < count; row += 1) {
      const key = this.#sorted[row] ?? 0;
      const place = placeOf(key);
      const day = dayOf(key);
      const at = this.#next[place] ?? 0;
      if (at > (this.starts[place] ?? 0) && days[at - 1] === day) continue;
      days[at] = day;
      this.#next[place] = at + 1;
    }
    for (let place = 0; place < SHELF_SIZE; place += 1)
      orders[place] = (this.#next[place] ?? 0) - (this.starts[place] ?? 0);
  }

  /** The rows with an order by day; gives how many there are. */
  #sort(pages: readonly Page[]): number {
    const places = this.#places;
    let first = DAYS;
    let last = 0;
    for (const page of pages)
      for (let row = 0; row < page.length; row += 2) {
        if ((page[row + 1] ?? 0) < 0) continue;
        const day = dayOf(page[row] ?? 0);
        places[day] = (places[day] ?? 0) + 1;
        if (day < first) first = day;
        if (day > last) last = day;
      }
    let total = 0;
    for (let day = first; day <= last; day += 1) {
      const count = places[day] ?? 0;
      places[day] = total;
      total += count;
    }
    if (this.#sorted.length < total) this.#sorted = new Int32Array(Math.ceil(total * 1.25));
    for (const page of pages) scatter(page, places, this.#sorted);
    places.fill(0, first, last + 1);
    return total;
  }
}

function scatter(page: Page, places: Int32Array, sorted: Int32Array): void {
  for (let row = 0; row < page.length; row += 2) {
    if ((page[row + 1] ?? 0) < 0) continue;
    const key = page[row] ?? 0;
    const day = dayOf(key);
    const at = places[day] ?? 0;
    sorted[at] = key;
    places[day] = at + 1;
  }
}
