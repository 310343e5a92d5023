import type { BookedOrders } from '../columns/order-book.ts';

/** The same orders booked four times, so that nothing of later days can reach what is foreseen. */
export type BacktestBooks = {
  /** Up to the as-of day; the policy's window and purchase rule. */
  readonly past: BookedOrders;
  /** Up to the as-of day; the window is as long as the horizon and ends with it, without refunds. */
  readonly lastPeriod: BookedOrders;
  /** Up to the horizon's end; the window begins after the as-of day, without refunds. */
  readonly next: BookedOrders;
  /** Up to the horizon's end; the policy's window that ends there, and its purchase rule. */
  readonly end: BookedOrders;
};

/** How one of them is booked; days since 1970-01-01. */
export type BookRules = {
  readonly asOf: number;
  readonly windowFrom: number;
  readonly zeroAmount: 'order' | 'ignored';
  readonly refunds: 'subtracted' | 'ignored';
};
