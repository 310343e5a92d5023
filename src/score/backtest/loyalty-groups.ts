import { binsOf } from './bins.ts';
import type { GroupName } from './groups.ts';
import { rankingOf } from './ranking.ts';

const FIFTHS = 5;

/** Customers of about the same loyalty score. */
export type LoyaltyGroup = GroupName & {
  /** The place of its figures: 0 for the least loyal fifth. */
  readonly bin: number;
  readonly customers: number;
};

/** Everybody's fifth by loyalty score, and the fifths that anybody is in, the most loyal first. */
export type LoyaltyGroups = {
  readonly bins: Int32Array;
  readonly groups: readonly LoyaltyGroup[];
};

/**
 * Fifths of the customers by loyalty score (below 0: unknown). Equal scores stay together, so that
 * where many share a score there are fewer groups than five, and larger ones.
 */
export function loyaltyGroups(score: Float64Array): LoyaltyGroups {
  const bins = Int32Array.from(binsOf(rankingOf(score), FIFTHS));
  const ranges = Array.from({ length: FIFTHS }, () => ({ from: 101, to: -1, customers: 0 }));
  for (let row = 0; row < score.length; row += 1) {
    const range = ranges[bins[row] ?? 0];
    if (range === undefined) continue;
    range.from = Math.min(range.from, score[row] ?? 0);
    range.customers += 1;
    range.to = Math.max(range.to, score[row] ?? 0);
  }
  const groups = ranges.flatMap(({ from, to, customers }, bin) =>
    from > 100 ? [] : [{ key: `fifth_${FIFTHS - bin}`, label: labelOf(from, to), bin, customers }],
  );
  return { bins, groups: groups.toReversed() };
}

function labelOf(from: number, to: number): string {
  if (to < 0) return 'score unknown';
  return from === to ? `score ${to}` : `score ${Math.max(0, from)} to ${to}`;
}
