import { dayNumber } from '../../domain/day.ts';
import type { Signals } from '../../domain/score.ts';
import { Column } from '../column.ts';
import type { Timeline } from '../timeline.ts';
import { orderHistory } from './order-history.ts';

/**
 * What the models are fitted to: whoever has ever ordered, 32 bytes each, and how many days lay
 * between orders. In days and home minor units.
 */
export class HistoryBase {
  readonly x = new Column();
  readonly tx = new Column();
  readonly T = new Column();
  /** Mean amount of repeat orders; 0 without one. */
  readonly spend = new Column();
  /** By days between two orders, how often. */
  readonly gaps = new Map<number, number>();
  // Whole numbers of any size: a sum of doubles would depend on the customers' order.
  #bought = 0n;
  #orders = 0;

  /** Customers who have ordered. */
  get size(): number {
    return this.x.length;
  }

  /** Mean amount of all orders; `null` where nothing was paid. */
  get meanOrderMinor(): number | null {
    return this.#bought > 0n ? Number(this.#bought) / this.#orders : null;
  }

  add({ orders, asOf }: Signals, timeline: Timeline): void {
    const own = orderHistory(timeline, orders, dayNumber(asOf) ?? 0);
    if (own === null) return;
    this.x.push(own.x);
    this.tx.push(own.tx);
    this.T.push(own.T);
    this.spend.push(own.spend);
    this.#orders += orders;
    this.#bought += BigInt(Math.round(own.spend * own.x + (timeline.minors[0] ?? 0)));
    this.#addGaps(timeline.days, orders);
  }

  #addGaps(days: readonly number[], orders: number): void {
    for (let at = 1; at < orders; at += 1) {
      const gap = (days[at] ?? 0) - (days[at - 1] ?? 0);
      this.gaps.set(gap, 1 + (this.gaps.get(gap) ?? 0));
    }
  }
}
