import type { ShelfDays } from './shelf-days.ts';
import type { ShelfSums } from './shelf-sums.ts';
import { SHELF_SIZE } from './shelves.ts';

/** Sums of customers as columns, while shelves come. */
export class BookedColumns {
  #size = 0;
  readonly #numbers: Int32Array;
  readonly #orders: Int32Array;
  readonly #starts: Int32Array;
  readonly #netEver: Float64Array;
  readonly #netInWindow: Float64Array;
  readonly #bought: Float64Array;
  readonly #boughtOnFirst: Float64Array;

  /** For at most so many customers; memory that is not written to costs nothing. */
  constructor(most: number) {
    this.#numbers = new Int32Array(most);
    this.#orders = new Int32Array(most);
    this.#starts = new Int32Array(most);
    this.#netEver = new Float64Array(most);
    this.#netInWindow = new Float64Array(most);
    this.#bought = new Float64Array(most);
    this.#boughtOnFirst = new Float64Array(most);
  }

  /** Takes whoever stands on a shelf; `first` is the lowest number there. */
  add(first: number, sums: ShelfSums, days: ShelfDays): void {
    let at = this.#size;
    for (let place = 0; place < SHELF_SIZE; place += 1) {
      if (sums.rows(place) === 0) continue;
      const bought = sums.bought(place);
      this.#numbers[at] = first + place;
      this.#orders[at] = sums.orders[place] ?? 0;
      this.#starts[at] = days.starts[place] ?? 0;
      this.#netEver[at] = bought - sums.refunded(place);
      this.#netInWindow[at] = sums.netInWindow(place);
      this.#bought[at] = bought;
      this.#boughtOnFirst[at] = sums.boughtOnFirst(place);
      at += 1;
    }
    this.#size = at;
  }

  /** The columns so far, as views. */
  read() {
    const size = this.#size;
    return {
      size,
      numbers: this.#numbers.subarray(0, size),
      orders: this.#orders.subarray(0, size),
      starts: this.#starts.subarray(0, size),
      netEver: this.#netEver.subarray(0, size),
      netInWindow: this.#netInWindow.subarray(0, size),
      bought: this.#bought.subarray(0, size),
      boughtOnFirst: this.#boughtOnFirst.subarray(0, size),
    };
  }
}
