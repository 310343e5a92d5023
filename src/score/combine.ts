import type { ReasonPart, ScoredValue } from '../domain/score.ts';
import { shareOut } from './share-out.ts';

/** One part of a score before it is weighed. */
export type Part = {
  readonly code: string;
  readonly weight: number;
  /** 0–1 of what it could give; `null` when nothing is known. */
  readonly share: number | null;
  /** How much of the share rests on known facts, 0–1. */
  readonly confidence: number;
  readonly facts: ReasonPart['facts'];
};

type KnownPart = Part & { readonly share: number };

/**
 * Weighs the parts into a score of 0–100. The weight of unknown parts goes to the known ones in
 * proportion; a part of weight 0 is no part. `null` when nothing that has weight is known.
 *
 * Whole points throughout: 100 is first shared out over the known parts by weight, then each part
 * gives that much times its share; the score is the sum rounded, and the parts are rounded to it by
 * largest remainder. So the parts add up to the score exactly and none exceeds what it could give.
 */
export function combine(parts: readonly Part[]): ScoredValue | null {
  const weighed = parts.filter(({ weight }) => weight > 0);
  const known = weighed.filter(isKnown);
  if (known.length === 0) return null;
  const of = mostPoints(known.map(({ weight }) => weight));
  const exact = known.map(({ share }, at) => (of[at] ?? 0) * share);
  const score = scoreOf(exact);
  const points = shareOut(score, exact);
  return {
    score,
    parts: known.map(({ code, facts }, at) => ({
      code,
      points: points[at] ?? 0,
      of: of[at] ?? 0,
      facts,
    })),
    unknown: weighed.filter((part) => !isKnown(part)).map(({ code }) => code),
    confidence: confidenceOf(weighed),
  };
}

/** The most each known part can give: 100 in all. */
export function mostPoints(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return shareOut(
    100,
    weights.map((weight) => (100 * weight) / total),
  );
}

/** The rounded sum of exact points. */
export function scoreOf(exact: readonly number[]): number {
  return Math.round(exact.reduce((sum, points) => sum + points, 0));
}

function isKnown(part: Part): part is KnownPart {
  return part.share !== null;
}

/** In hundredths, so that its text is short and stable. */
function confidenceOf(weighed: readonly Part[]): number {
  let known = 0;
  let total = 0;
  for (const { weight, share, confidence } of weighed) {
    total += weight;
    if (share !== null) known += weight * confidence;
  }
  return Math.round((100 * known) / total) / 100;
}
