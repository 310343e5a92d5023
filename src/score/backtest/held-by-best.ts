import { inOrder, type Ranking } from './ranking.ts';
import type { Weights } from './weights.ts';

/**
 * The share of the whole `amount` that the best so many customers hold: for each of the ascending
 * `shares` of the customers (0–1), 0–1. Where a share ends inside a group of equal scores, the group
 * gives that part of what it holds. `null` when there is no amount to hold.
 */
export function heldByBest(
  ranking: Ranking,
  amount: Float64Array,
  shares: readonly number[],
  weights: Weights,
): readonly (number | null)[] {
  return heldReader(ranking, amount, shares)(weights, wholeOf(amount, weights));
}

/** `heldByBest` for many resamples; `whole` is read off the same amounts and weights. */
export function heldReader(ranking: Ranking, amount: Float64Array, shares: readonly number[]) {
  const ordered = inOrder(ranking, amount);
  return (weights: Weights, whole: Whole): readonly (number | null)[] =>
    held(ranking, ordered, shares, weights, whole);
}

function held(
  { rows, ends }: Ranking,
  ordered: Float64Array,
  shares: readonly number[],
  weights: Weights,
  { customers, total }: Whole,
): readonly (number | null)[] {
  if (!(total > 0)) return shares.map(() => null);
  const found: number[] = [];
  let [at, counted, sum] = [0, 0, 0];
  for (const end of ends) {
    let [group, inGroup] = [0, 0];
    for (; at < end; at += 1) {
      const weight = weights[rows[at] ?? 0] ?? 0;
      group += weight;
      inGroup += weight * (ordered[at] ?? 0);
    }
    for (;;) {
      const wanted = (shares[found.length] ?? Number.POSITIVE_INFINITY) * customers;
      if (counted + group < wanted) break;
      const part = group === 0 ? 0 : (wanted - counted) / group;
      found.push(Math.min(1, (sum + part * inGroup) / total));
    }
    if (found.length === shares.length) break;
    counted += group;
    sum += inGroup;
  }
  return shares.map((_, place) => found[place] ?? 1);
}

type Whole = { readonly customers: number; readonly total: number };

/** How many there are, and what they hold together. */
export function wholeOf(amount: Float64Array, weights: Weights): Whole {
  let [customers, total] = [0, 0];
  for (let row = 0; row < amount.length; row += 1) {
    const weight = weights[row] ?? 0;
    customers += weight;
    total += weight * (amount[row] ?? 0);
  }
  return { customers, total };
}
