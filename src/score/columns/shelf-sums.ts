import { dayOf, type Page, placeOf, SHELF_SIZE } from './shelves.ts';

/** What is added up for a customer lies side by side, so that a row touches one place in memory. */
const STRIDE = 8;
const ROWS = 0;
const ORDERS = 1;
const BOUGHT = 2;
const REFUNDED = 3;
const NET_IN_WINDOW = 4;
const FIRST_DAY = 5;
const BOUGHT_ON_FIRST = 6;

/** Above every day. */
const NO_DAY = 1 << 16;

/** What the rows of one shelf add up to, by the customer's place on it. */
export class ShelfSums {
  readonly #sums = new Float64Array(SHELF_SIZE * STRIDE);
  /** Rows with an order. */
  readonly orders = new Int32Array(SHELF_SIZE);
  readonly #windowFrom: number;

  constructor(windowFrom: number) {
    this.#windowFrom = windowFrom;
  }

  /** Adds up a shelf. */
  read(pages: readonly Page[]): void {
    this.#sums.fill(0);
    for (let place = 0; place < SHELF_SIZE; place += 1)
      this.#sums[place * STRIDE + FIRST_DAY] = NO_DAY;
    for (const page of pages) this.#add(page);
    for (let place = 0; place < SHELF_SIZE; place += 1)
      this.orders[place] = this.#sums[place * STRIDE + ORDERS] ?? 0;
  }

  /** Orders and refunds: 0 where nobody stands. */
  rows(place: number): number {
    return this.#sums[place * STRIDE + ROWS] ?? 0;
  }

  bought(place: number): number {
    return this.#sums[place * STRIDE + BOUGHT] ?? 0;
  }

  refunded(place: number): number {
    return this.#sums[place * STRIDE + REFUNDED] ?? 0;
  }

  netInWindow(place: number): number {
    return this.#sums[place * STRIDE + NET_IN_WINDOW] ?? 0;
  }

  boughtOnFirst(place: number): number {
    return this.#sums[place * STRIDE + BOUGHT_ON_FIRST] ?? 0;
  }

  #add(page: Page): void {
    const sums = this.#sums;
    const windowFrom = this.#windowFrom;
    for (let row = 0; row < page.length; row += 2) {
      const key = page[row] ?? 0;
      const amount = page[row + 1] ?? 0;
      const at = placeOf(key) * STRIDE;
      const day = dayOf(key);
      sums[at + ROWS] = (sums[at + ROWS] ?? 0) + 1;
      sums[at + NET_IN_WINDOW] = (sums[at + NET_IN_WINDOW] ?? 0) + (day >= windowFrom ? amount : 0);
      if (amount < 0) {
        sums[at + REFUNDED] = (sums[at + REFUNDED] ?? 0) - amount;
        continue;
      }
      sums[at + ORDERS] = (sums[at + ORDERS] ?? 0) + 1;
      sums[at + BOUGHT] = (sums[at + BOUGHT] ?? 0) + amount;
      const first = sums[at + FIRST_DAY] ?? 0;
      if (day > first) continue;
      const before = day === first ? (sums[at + BOUGHT_ON_FIRST] ?? 0) : 0;
      sums[at + FIRST_DAY] = day;
      sums[at + BOUGHT_ON_FIRST] = before + amount;
    }
  }
}
