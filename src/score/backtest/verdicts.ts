import type { Claim } from './claims.ts';
import type { FigureReader } from './statistics.ts';
import { everybodyOnce, resamples } from './weights.ts';

/** What became of a claim. `unknown`: there was nothing to measure it by. */
export const outcomes = ['better', 'no-difference', 'worse', 'unknown'] as const;
export type Outcome = (typeof outcomes)[number];

/** A claim held against the data. */
export type Verdict = Claim & {
  readonly outcome: Outcome;
  readonly value: number | null;
  readonly baselineValue: number | null;
  /** How much better, above 0; below 0 worse. */
  readonly gain: number | null;
  /** 95 % of the resamples gain so much; `null` for fewer than 20 customers. */
  readonly low: number | null;
  readonly high: number | null;
};

/** In fewer resamples than that an interval says nothing. */
const LEAST_RESAMPLES = 20;
/** Of fewer customers resamples differ too little: a single one would always be sure of himself. */
const LEAST_CUSTOMERS = 20;
/** A gain of that little is rounding. */
const NOTHING = 1e-12;

export type Resampling = { readonly resamples: number; readonly seed: number };

/**
 * Each claim with the gain over its baseline and the interval that it has over bootstrap resamples of
 * the customers. An interval that holds 0 is no difference that these data can show.
 */
export function verdictsOn(
  claims: readonly Claim[],
  read: FigureReader,
  size: number,
  { resamples: count, seed }: Resampling,
): readonly Verdict[] {
  const figures = read(everybodyOnce(size));
  const value = (name: string): number | null => figures.get(name) ?? null;
  const gains = claims.map((): number[] => []);
  const drawn = size === 0 ? [] : resamples(size, count, seed);
  for (const weights of drawn) {
    const resampled = read(weights);
    for (const [at, claim] of claims.entries()) {
      const gain = gainOf(claim, resampled.get(claim.figure), resampled.get(claim.against));
      if (gain !== null) gains[at]?.push(gain);
    }
  }
  return claims.map((claim, at) => {
    const [own, other] = [value(claim.figure), value(claim.against)];
    const gain = gainOf(claim, own, other);
    const interval =
      gain === null || claim.customers < LEAST_CUSTOMERS ? null : intervalOf(gains[at] ?? []);
    return {
      ...claim,
      outcome: outcomeOf(gain, interval),
      value: own,
      baselineValue: other,
      gain,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    };
  });
}

function gainOf(
  { better }: Claim,
  own: number | null | undefined,
  other: number | null | undefined,
): number | null {
  if (typeof own !== 'number' || typeof other !== 'number') return null;
  return better === 'higher' ? own - other : other - own;
}

type Interval = { readonly low: number; readonly high: number };

/** The middle 95 %. */
function intervalOf(gains: readonly number[]): Interval | null {
  if (gains.length < LEAST_RESAMPLES) return null;
  const sorted = gains.toSorted((one, other) => one - other);
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const [below, part] = [Math.floor(at), at - Math.floor(at)];
  const low = sorted[below] ?? 0;
  return low + part * ((sorted[below + 1] ?? low) - low);
}

function outcomeOf(gain: number | null, interval: Interval | null): Outcome {
  if (gain === null) return 'unknown';
  if (interval === null) return 'no-difference';
  if (interval.low > NOTHING) return 'better';
  return interval.high < -NOTHING ? 'worse' : 'no-difference';
}
