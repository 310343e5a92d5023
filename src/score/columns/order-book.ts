import { ByteIds } from '../../lib/byte-ids.ts';
import { BookedColumns } from './booked-columns.ts';
import type { RowBatch } from './row-batch.ts';
import { ShelfDays } from './shelf-days.ts';
import { ShelfSums } from './shelf-sums.ts';
import { Shelves } from './shelves.ts';

/**
 * Orders of many customers as columns, equal positions one customer. Days count from 1970-01-01,
 * amounts are minor units.
 */
export type BookedOrders = {
  /** The customer's id; ascending where ids are numbers. */
  readonly idOf: (customer: number) => string;
  /** Customers; each has at least an order or a refund. */
  readonly size: number;
  /** Days with an order: so many of `days` from `starts` on are each customer's, ascending, each once. */
  readonly orders: Int32Array;
  readonly starts: Int32Array;
  readonly days: Int32Array;
  /** Net of refunds: ever, and from the window's first day on. */
  readonly netEver: Float64Array;
  readonly netInWindow: Float64Array;
  /** Ordered in all, and on the first day, refunds not looked at. */
  readonly bought: Float64Array;
  readonly boughtOnFirst: Float64Array;
};

/** Takes orders one at a time, in any order. Sums are exact while they stay below 2⁵³ minor units. */
export class OrderBook {
  readonly #windowFrom: number;
  readonly #ids = new ByteIds();
  readonly #rows = new Shelves();
  #numbers = new Int32Array(0);

  constructor(windowFrom: number) {
    this.#windowFrom = windowFrom;
  }

  /** An order, or below 0 a refund, of the customer whose id stands in `bytes`. */
  add(bytes: Uint8Array, from: number, to: number, day: number, minor: number): void {
    this.#rows.push(this.#ids.numberOf(bytes, from, to), day, minor);
  }

  /** Many at once, the ids in `bytes`. */
  addBatch(bytes: Uint8Array, batch: RowBatch): void {
    if (this.#numbers.length < batch.count) this.#numbers = new Int32Array(batch.count);
    this.#ids.numbersOf(bytes, batch, this.#numbers);
    this.#rows.pushAll(this.#numbers, batch);
  }

  /** All that came, customer by customer; the book is empty afterwards. */
  close(): BookedOrders {
    const ids = this.#ids;
    const days = new Int32Array(this.#rows.rows);
    const columns = new BookedColumns(this.#rows.mostCustomers);
    const sums = new ShelfSums(this.#windowFrom);
    const shelfDays = new ShelfDays();
    let next = 0;
    for (const { first, rows, pages } of this.#rows.drain()) {
      sums.read(pages);
      shelfDays.place(pages, sums.orders, days, next);
      columns.add(first, sums, shelfDays);
      next += rows;
    }
    const { numbers, ...read } = columns.read();
    return { idOf: (customer) => ids.text(numbers[customer] ?? 0), days, ...read };
  }
}
