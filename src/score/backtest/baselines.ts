import { binsOf, meanInBin } from './bins.ts';
import type { Cases } from './cases.ts';
import type { Ranking } from './ranking.ts';

/** Ways to forecast orders or spend. */
export const forecastKeys = ['model', 'last_period', 'own_rate', 'recency'] as const;
export type ForecastKey = (typeof forecastKeys)[number];

export type Forecasts = Readonly<Record<ForecastKey, Float64Array>>;

const MOST_BINS = 20;
/** With fewer, a bin's mean is mostly chance. */
const CUSTOMERS_A_BIN = 50;

/** Customers in up to 20 bins by how lately they ordered, equal days together. */
export function recencyBins(recency: Ranking): Uint16Array {
  const size = recency.rows.length;
  const most = Math.min(MOST_BINS, Math.max(1, Math.floor(size / CUSTOMERS_A_BIN)));
  return binsOf(recency, most);
}

/**
 * Orders by the model and by those who need none. Recency alone gives everybody the mean of those
 * who ordered about as lately: taken from what came, so it knows more than one could on the day, and
 * what beats it is good.
 */
export function orderForecasts(cases: Cases, bins: Uint16Array): Forecasts {
  return {
    model: cases.expectedOrders,
    last_period: cases.lastOrders,
    own_rate: cases.rateOrders,
    recency: meanInBin(bins, cases.nextOrders),
  };
}

/** The same for spend. */
export function spendForecasts(cases: Cases, bins: Uint16Array): Forecasts {
  return {
    model: cases.expectedSpend,
    last_period: cases.lastSpend,
    own_rate: cases.rateSpend,
    recency: meanInBin(bins, cases.nextSpend),
  };
}
