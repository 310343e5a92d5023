import { areaReader } from './area-under-curve.ts';
import { type Forecasts, forecastKeys } from './baselines.ts';
import type { Cases } from './cases.ts';
import { squaredDistances, weighedError, weightedMean } from './errors.ts';
import { heldReader, wholeOf } from './held-by-best.ts';
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
  readonly loyaltyBins: Int32Array;
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
    meansReader('tier.spend', Int32Array.from(measured.cases.tier), measured.cases.nextSpend),
    meansReader('loyalty.bought', measured.loyaltyBins, measured.cases.bought),
  ];
  return (weights) => new Map(readers.flatMap((read) => read(weights)));
}

type Entries = readonly (readonly [string, number | null])[];
type EntryReader = (weights: Weights) => Entries;

function topReader({ cases, rankings }: Measured): EntryReader {
  const readers = comparedRankers.map((ranker) => ({
    ranker,
    held: heldReader(rankings[ranker], cases.nextSpend, [0.1, 0.2]),
  }));
  return (weights) => {
    const whole = wholeOf(cases.nextSpend, weights);
    return readers.flatMap(({ ranker, held }): Entries => {
      const [top10 = null, top20 = null] = held(weights, whole);
      return [
        [`top10.${ranker}`, top10],
        [`top20.${ranker}`, top20],
      ];
    });
  };
}

function chanceReader({ cases, rankings, byBuys, buysByRecency }: Measured): EntryReader {
  const { buys, bought } = cases;
  const areaByBuys = areaReader(byBuys, bought);
  const areaByRecency = areaReader(rankings.recency, bought);
  const [ofModel, ofRecency] = [
    squaredDistances(buys, bought),
    squaredDistances(buysByRecency, bought),
  ];
  return (weights) => {
    const share = weightedMean(bought, weights);
    return [
      ['auc.buys', areaByBuys(weights)],
      ['auc.recency', areaByRecency(weights)],
      ['brier.buys', weightedMean(ofModel, weights)],
      ['brier.recency', weightedMean(ofRecency, weights)],
      // Everybody given the same chance, the share that bought: p (1 − p).
      ['brier.same', share === null ? null : share * (1 - share)],
    ];
  };
}

function errorReader(name: string, forecasts: Forecasts, actual: Float64Array): EntryReader {
  const columns = forecastKeys.map((key) => ({ key, forecast: forecasts[key] }));
  return (weights) =>
    columns.flatMap(({ key, forecast }): Entries => {
      const { mae, rmse, totalMiss } = weighedError(forecast, actual, weights);
      return [
        [`${name}.mae.${key}`, mae],
        [`${name}.rmse.${key}`, rmse],
        [`${name}.total.${key}`, totalMiss],
      ];
    });
}

/** The mean of each group, by its place; rows below 0 are in none. */
function meansReader(name: string, groups: Int32Array, values: Float64Array): EntryReader {
  const most = groups.reduce((highest, group) => Math.max(highest, group), -1);
  return (weights) => {
    // The first place takes who is in no group, so that the loop need not ask.
    const sums = new Float64Array(most + 2);
    const counts = new Float64Array(most + 2);
    for (let row = 0; row < groups.length; row += 1) {
      const at = (groups[row] ?? 0) + 1;
      const weight = weights[row] ?? 0;
      sums[at] = (sums[at] ?? 0) + weight * (values[row] ?? 0);
      counts[at] = (counts[at] ?? 0) + weight;
    }
    return Array.from({ length: most + 1 }, (_, group) => {
      const count = counts[group + 1] ?? 0;
      return [`${name}.${group}`, count === 0 ? null : (sums[group + 1] ?? 0) / count] as const;
    });
  };
}
