import { areaUnderCurve } from './area-under-curve.ts';
import { type Forecasts, forecastKeys } from './baselines.ts';
import type { Cases } from './cases.ts';
import { distances, squaredDistances, totalMiss, weightedMean } from './errors.ts';
import { heldByBest } from './held-by-best.ts';
import type { Rankings } from './rankers.ts';
import type { Ranking } from './ranking.ts';
import type { Weights } from './weights.ts';

/** Figures by name, of everybody or of a resample; `null` where there is nothing to measure. */
export type Figures = ReadonlyMap<string, number | null>;
export type FigureReader = (weights: Weights) => Figures;

const comparedRankers = ['value_score', 'clv', 'past_spend', 'recency'] as const;

/** What is measured. */
export type Measured = {
  readonly cases: Cases;
  readonly rankings: Rankings;
  readonly byBuys: Ranking;
  /** Share that bought among those who ordered about as lately. */
  readonly buysByRecency: Float64Array;
  readonly orders: Forecasts;
  readonly spend: Forecasts;
  /** Each one's loyalty quintile, 0 the lowest. */
  readonly loyaltyBins: Uint16Array;
};

/**
 * Reads all figures that claims compare: `top10.clv`, `auc.buys`, `brier.recency`, `orders.mae.model`,
 * `spend.total.last_period`, `tier.spend.0`, `loyalty.bought.4` and so on.
 */
export function figureReader(measured: Measured): FigureReader {
  const readers = [
    topReader(measured),
    chanceReader(measured),
    errorReader('orders', measured.orders, measured.cases.nextOrders),
    errorReader('spend', measured.spend, measured.cases.nextSpend),
    meansReader('tier.spend', measured.cases.tier, measured.cases.nextSpend),
    meansReader('loyalty.bought', measured.loyaltyBins, measured.cases.bought),
  ];
  return (weights) => new Map(readers.flatMap((read) => read(weights)));
}

type Entries = readonly (readonly [string, number | null])[];
type EntryReader = (weights: Weights) => Entries;

function topReader({ cases, rankings }: Measured): EntryReader {
  return (weights) =>
    comparedRankers.flatMap((ranker): Entries => {
      const [top10 = null, top20 = null] = heldByBest(
        rankings[ranker],
        cases.nextSpend,
        [0.1, 0.2],
        weights,
      );
      return [
        [`top10.${ranker}`, top10],
        [`top20.${ranker}`, top20],
      ];
    });
}

function chanceReader({ cases, rankings, byBuys, buysByRecency }: Measured): EntryReader {
  const { buys, bought } = cases;
  const [ofModel, ofRecency] = [
    squaredDistances(buys, bought),
    squaredDistances(buysByRecency, bought),
  ];
  return (weights) => {
    const share = weightedMean(bought, weights);
    return [
      ['auc.buys', areaUnderCurve(byBuys, bought, weights)],
      ['auc.recency', areaUnderCurve(rankings.recency, bought, weights)],
      ['brier.buys', weightedMean(ofModel, weights)],
      ['brier.recency', weightedMean(ofRecency, weights)],
      // Everybody given the same chance, the share that bought: p (1 − p).
      ['brier.same', share === null ? null : share * (1 - share)],
    ];
  };
}

function errorReader(name: string, forecasts: Forecasts, actual: Float64Array): EntryReader {
  const columns = forecastKeys.map((key) => ({
    key,
    forecast: forecasts[key],
    absolute: distances(forecasts[key], actual),
    squared: squaredDistances(forecasts[key], actual),
  }));
  return (weights) =>
    columns.flatMap(({ key, forecast, absolute, squared }): Entries => {
      const mean = weightedMean(squared, weights);
      return [
        [`${name}.mae.${key}`, weightedMean(absolute, weights)],
        [`${name}.rmse.${key}`, mean === null ? null : Math.sqrt(mean)],
        [`${name}.total.${key}`, totalMiss(forecast, actual, weights)],
      ];
    });
}

/** The mean of each group, by its place. */
function meansReader(name: string, groups: ArrayLike<number>, values: Float64Array): EntryReader {
  const most = Array.from(groups).reduce((highest, group) => Math.max(highest, group), -1);
  return (weights) => {
    const sums = new Float64Array(most + 1);
    const counts = new Float64Array(most + 1);
    for (let row = 0; row < values.length; row += 1) {
      const group = groups[row] ?? -1;
      if (group < 0) continue;
      const weight = weights[row] ?? 0;
      sums[group] = (sums[group] ?? 0) + weight * (values[row] ?? 0);
      counts[group] = (counts[group] ?? 0) + weight;
    }
    return Array.from(sums, (sum, group) => {
      const count = counts[group] ?? 0;
      return [`${name}.${group}`, count === 0 ? null : sum / count] as const;
    });
  };
}
