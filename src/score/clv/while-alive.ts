import type { ModelName } from '../../domain/models.ts';
import { lifetimeValue, type ValueTerms } from './clv.ts';
import { models } from './models.ts';
import type { NbdParams } from './nbd-params.ts';
import type { TimeUnit } from './time-unit.ts';

/** What all customers with the same x and T share, if they are still customers. */
export type WhileAlive = {
  /** The chance of an order within the horizon. */
  readonly buys: number;
  /** Orders expected within the horizon. */
  readonly orders: number;
  /** Lifetime value at an amount of 1 an order. */
  readonly value: number;
};

/** A fitted model and how far it looks ahead. */
type Ahead = {
  readonly model: ModelName;
  readonly unit: TimeUnit;
  readonly params: NbdParams;
  /** In `unit`. */
  readonly horizon: number;
  readonly terms: ValueTerms;
};

/** Pairs of x and T that are kept before all are let go: some twenty megabytes. */
const MOST_PAIRS = 200_000;

/**
 * Reads the models' own figures for somebody who ordered just now, over the chance that such a one is
 * still a customer: what is left is what they expect of one who is. It depends on x and T alone, so
 * each pair is worked out once.
 */
export function whileAliveReader(
  { model, unit, params, horizon, terms }: Ahead,
  mostPairs = MOST_PAIRS,
): (x: number, T: number) => WhileAlive {
  const { probabilityAlive, probabilityBuys, expectedOrders } = models[model];
  const known = new Map<number, Map<number, WhileAlive>>();
  let size = 0;
  const read = (x: number, T: number): WhileAlive => {
    const history = { x, tx: x === 0 ? 0 : T, T };
    const alive = probabilityAlive(params, history);
    const value = lifetimeValue({ model, unit, params, history, spendPerOrder: 1 }, terms);
    return {
      buys: probabilityBuys(params, history, horizon) / alive,
      orders: expectedOrders(params, history, horizon) / alive,
      value: value / alive,
    };
  };
  return (x, T) => {
    const before = known.get(x)?.get(T);
    if (before !== undefined) return before;
    if (size >= mostPairs) {
      known.clear();
      size = 0;
    }
    size += 1;
    const ofX = known.get(x) ?? new Map<number, WhileAlive>();
    known.set(x, ofX);
    const found = read(x, T);
    ofX.set(T, found);
    return found;
  };
}
