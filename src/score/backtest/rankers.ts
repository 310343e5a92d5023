import type { Cases } from './cases.ts';
import { heldByBest } from './held-by-best.ts';
import { type Ranking, rankingOf } from './ranking.ts';
import { everybodyOnce } from './weights.ts';

/** What customers are ranked by, to see who spends next. `perfect` knows it already. */
export const rankerKeys = [
  'value_score',
  'clv',
  'expected_spend',
  'past_spend',
  'past_repeat_spend',
  'recency',
  'perfect',
] as const;
export type RankerKey = (typeof rankerKeys)[number];

/** Everybody ranked in each way, best first. */
export type Rankings = Readonly<Record<RankerKey, Ranking>>;

export function rankingsOf(cases: Cases): Rankings {
  return {
    value_score: rankingOf(cases.value),
    clv: rankingOf(cases.lifetimeValue),
    expected_spend: rankingOf(cases.expectedSpend),
    past_spend: rankingOf(cases.pastSpend),
    past_repeat_spend: rankingOf(cases.pastRepeatSpend),
    recency: rankingOf(cases.lastDay),
    perfect: rankingOf(cases.nextSpend),
  };
}

/** What of the next spend the best customers by one ranking hold. */
export type LiftCurve = {
  readonly ranker: RankerKey;
  /** Of the next spend, 0–1, by the best 10 and 20 % of customers; `null` when nobody spent anything. */
  readonly top10: number | null;
  readonly top20: number | null;
  /** The same for 0 %, 2 %, … 100 % of customers. */
  readonly curve: readonly (number | null)[];
};

const STEPS = 50;
const shares = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);

/** One curve a ranker. */
export function liftCurves(rankings: Rankings, nextSpend: Float64Array): readonly LiftCurve[] {
  const weights = everybodyOnce(nextSpend.length);
  return rankerKeys.map((ranker) => {
    const curve = heldByBest(rankings[ranker], nextSpend, shares, weights);
    return { ranker, top10: curve[STEPS / 10] ?? null, top20: curve[STEPS / 5] ?? null, curve };
  });
}
