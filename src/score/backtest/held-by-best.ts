import type { Ranking } from './ranking.ts';
import type { Weights } from './weights.ts';

/**
 * The share of the whole `amount` that the best so many customers hold: for each of the ascending
 * `shares` of the customers (0–1), 0–1. Where a share ends inside a group of equal scores, the group
 * gives that part of what it holds. `null` when there is no amount to hold.
 */
export function heldByBest(
  { rows, ends }: Ranking,
  amount: Float64Array,
  shares: readonly number[],
  weights: Weights,
): readonly (number | null)[] {
  const { customers, total } = whole(amount, weights);
  if (!(total > 0)) return shares.map(() => null);
  const held: number[] = [];
  let [at, counted, sum] = [0, 0, 0];
  for (const end of ends) {
    let [group, inGroup] = [0, 0];
    for (; at < end; at += 1) {
      const row = rows[at] ?? 0;
      const weight = weights[row] ?? 0;
      group += weight;
      inGroup += weight * (amount[row] ?? 0);
    }
    for (;;) {
      const wanted = (shares[held.length] ?? Number.POSITIVE_INFINITY) * customers;
      if (counted + group < wanted) break;
      const part = group === 0 ? 0 : (wanted - counted) / group;
      held.push(Math.min(1, (sum + part * inGroup) / total));
    }
    if (held.length === shares.length) break;
    counted += group;
    sum += inGroup;
  }
  return shares.map((_, place) => held[place] ?? 1);
}

function whole(amount: Float64Array, weights: Weights) {
  let [customers, total] = [0, 0];
  for (let row = 0; row < amount.length; row += 1) {
    const weight = weights[row] ?? 0;
    customers += weight;
    total += weight * (amount[row] ?? 0);
  }
  return { customers, total };
}
