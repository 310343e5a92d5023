import type { TierClass } from '../policy/schema.ts';

/** Value score from which a tier is given. */
export type TierCut = { readonly key: string; readonly from: number };

/** The policy's own value scores. */
export function fixedTierCuts(classes: readonly TierClass[]): readonly TierCut[] {
  return classes.map(({ key, from }) => ({ key, from }));
}

/**
 * Cuts so that each tier and those above hold at most their share of the base, or their number of
 * customers, equal scores never parted; only the best score of the base is always in the top tier, however many share it.
 * `histogram[s]` counts the value score s. `null` when all scores are the same or none is known.
 */
export function quantileTierCuts(
  classes: readonly TierClass[],
  histogram: readonly number[],
): readonly TierCut[] | null {
  const present = histogram.flatMap((count, score) => (count > 0 ? [score] : []));
  const best = present.at(-1);
  if (best === undefined || present.length === 1) return null;
  const base = histogram.reduce((sum, count) => sum + count, 0);
  const cuts: TierCut[] = [];
  let share = 0;
  let named = 0;
  let above = 101;
  for (const { key, ...size } of classes) {
    if (size.share === 'rest') {
      cuts.push({ key, from: 0 });
      continue;
    }
    share += size.share ?? 0;
    named += size.top ?? 0;
    const wanted = Math.min(best, lowestWithin(histogram, base * share + named));
    // A tier begins below the one above it even when that leaves it empty today.
    above = Math.max(0, Math.min(wanted, above - 1));
    cuts.push({ key, from: above });
  }
  return cuts;
}

/** The lowest score that at most `limit` customers reach; above 100 where the best alone are more. */
export function lowestWithin(histogram: readonly number[], limit: number): number {
  let reached = 0;
  for (let score = histogram.length - 1; score >= 0; score -= 1) {
    reached += histogram[score] ?? 0;
    // A hair of slack: 0.05 + 0.15 is a little more or less than 0.2.
    if (reached > limit + 1e-9 * limit) return score + 1;
  }
  return 0;
}
