import { rankingOf } from '../backtest/ranking.ts';

/** Ranks from 0, the best first; equal values share the mean of their places. */
export function meanRanks(values: Float64Array): Float64Array {
  const { rows, ends } = rankingOf(values);
  const ranks = new Float64Array(values.length);
  let from = 0;
  for (const end of ends) {
    const rank = (from + end - 1) / 2;
    for (; from < end; from += 1) ranks[rows[from] ?? 0] = rank;
  }
  return ranks;
}
