import type { ShelfDays } from './shelf-days.ts';
import type { ShelfSums } from './shelf-sums.ts';
import { SHELF_SIZE } from './shelves.ts';

/** Sums of customers as columns, while shelves come. */
export class BookedColumns {
  #room = SHELF_SIZE;
  #size = 0;
  #numbers = new Int32Array(this.#room);
  #orders = new Int32Array(this.#room);
  #starts = new Int32Array(this.#room);
  #netEver = new Float64Array(this.#room);
  #netInWindow = new Float64Array(this.#room);
  #bought = new Float64Array(this.#room);
  #boughtOnFirst = new Float64Array(this.#room);

  /** Takes whoever stands on a shelf; `first` is the lowest number there. */
  add(first: number, sums: ShelfSums, days: ShelfDays): void {
    if (this.#size + SHELF_SIZE > this.#room) this.#grow();
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

  #grow(): void {
    this.#room = Math.max(this.#size + SHELF_SIZE, Math.ceil(this.#room * 1.5));
    this.#numbers = longer(this.#numbers, new Int32Array(this.#room));
    this.#orders = longer(this.#orders, new Int32Array(this.#room));
    this.#starts = longer(this.#starts, new Int32Array(this.#room));
    this.#netEver = longer(this.#netEver, new Float64Array(this.#room));
    this.#netInWindow = longer(this.#netInWindow, new Float64Array(this.#room));
    this.#bought = longer(this.#bought, new Float64Array(this.#room));
    this.#boughtOnFirst = longer(this.#boughtOnFirst, new Float64Array(this.#room));
  }
}

function longer<Column extends Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
