import {
  type Bins,
  type ReviewMeasure,
  type ReviewSnapshot,
  reviewMeasures,
} from '../../domain/review.ts';
import { type DriftLevel, driftLevel, indexByChance, stabilityIndex } from './psi.ts';
import { type ReviewBase, tierFamily } from './review-base.ts';

/** How far a distribution is from that of the last review. */
export type Drift = {
  readonly of: ReviewMeasure | 'tiers';
  /** Population stability index; `null` where one of the days has nobody. */
  readonly index: number | null;
  /** What chance alone gives on average in bases of this size. */
  readonly byChance: number | null;
  readonly level: DriftLevel;
  /** Customers before and now, by bin: a range `from` – `to` (not included), or a tier. */
  readonly bins: readonly DriftBin[];
};

export type DriftBin = {
  readonly name: string;
  /** Of a range; `null`: open, or no range. `to` is not in it. */
  readonly from: number | null;
  readonly to: number | null;
  readonly before: number;
  readonly now: number;
};

/**
 * Drift of the base since a snapshot.
 * @param tiers keys in the order they are listed in
 */
export function driftSince(
  then: ReviewSnapshot,
  base: ReviewBase,
  tiers: readonly string[],
): readonly Drift[] {
  const now = base.binsLike(then.bins);
  const measured = reviewMeasures.map((measure) =>
    driftOf(measure, binsBeside(then.bins[measure], now[measure])),
  );
  return [...measured, driftOf('tiers', tiersBeside(then, base, tiers))];
}

function driftOf(of: Drift['of'], bins: readonly DriftBin[]): Drift {
  const [then, now] = [bins.map((bin) => bin.before), bins.map((bin) => bin.now)];
  const [index, byChance] = [stabilityIndex(then, now), indexByChance(then, now)];
  const level = index === null || byChance === null ? 'steady' : driftLevel(index, byChance);
  return { of, index, byChance, level, bins };
}

function binsBeside({ edges, counts }: Bins, now: Bins): readonly DriftBin[] {
  return counts.map((count, bin) => ({
    name: binName(bin, edges),
    ...(bin > edges.length
      ? { from: null, to: null }
      : { from: edges[bin - 1] ?? null, to: edges[bin] ?? null }),
    before: count,
    now: now.counts[bin] ?? 0,
  }));
}

function binName(bin: number, edges: readonly number[]): string {
  if (bin > edges.length) return 'none';
  const [from, to] = [edges[bin - 1], edges[bin]];
  if (from === undefined) return to === undefined ? 'all' : `below ${to}`;
  return to === undefined ? `from ${from}` : `${from} to below ${to}`;
}

function tiersBeside(
  then: ReviewSnapshot,
  base: ReviewBase,
  tiers: readonly string[],
): readonly DriftBin[] {
  const before = then.classes[tierFamily] ?? {};
  const now = base.sizes()[tierFamily] ?? {};
  const all = new Set([...tiers, ...Object.keys(before), ...Object.keys(now)]);
  return [...all].map((tier) => ({
    ...{ name: tier, from: null, to: null },
    before: before[tier]?.customers ?? 0,
    now: now[tier]?.customers ?? 0,
  }));
}
