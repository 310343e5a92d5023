import { correlation } from '../clv/correlation.ts';
import { everybodyOnce, type Weights } from './weights.ts';

/** How far a forecast of everybody was off. `null` where there is nothing to measure. */
export type ForecastError = {
  /** Forecast and actual sums of all customers. */
  readonly forecast: number;
  readonly actual: number;
  /** (forecast − actual) / actual: −0.1 is 10 % too little. */
  readonly totalError: number | null;
  /** Mean distance, and root of the mean squared distance, of one customer's forecast and actual. */
  readonly mae: number | null;
  readonly rmse: number | null;
  /** Pearson's. */
  readonly correlation: number | null;
};

/** Of equal positions. */
export function forecastError(forecast: Float64Array, actual: Float64Array): ForecastError {
  const weights = everybodyOnce(forecast.length);
  const { totalMiss: _, ...error } = weighedError(forecast, actual, weights);
  return { ...error, correlation: correlation(forecast, actual) };
}

/** As `forecastError`, of a resample; `totalMiss` is the total's error whichever way it goes. */
export function weighedError(forecast: Float64Array, actual: Float64Array, weights: Weights) {
  const size = weights.length;
  let [said, was, distance, squares] = [0, 0, 0, 0];
  for (let row = 0; row < size; row += 1) {
    const weight = weights[row] ?? 0;
    const own = actual[row] ?? 0;
    const off = (forecast[row] ?? 0) - own;
    said += weight * (forecast[row] ?? 0);
    was += weight * own;
    distance += weight * Math.abs(off);
    squares += weight * off * off;
  }
  const totalError = was === 0 ? null : said / was - 1;
  return {
    forecast: said,
    actual: was,
    totalError,
    totalMiss: totalError === null ? null : Math.abs(totalError),
    mae: size === 0 ? null : distance / size,
    rmse: size === 0 ? null : Math.sqrt(squares / size),
  };
}

/** Mean over customers; `null` without any. */
export function weightedMean(values: Float64Array, weights: Weights): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (let row = 0; row < values.length; row += 1) sum += (weights[row] ?? 0) * (values[row] ?? 0);
  return sum / values.length;
}

/** What each customer adds to a Brier score. */
export function squaredDistances(forecast: Float64Array, actual: Float64Array): Float64Array {
  return forecast.map((said, row) => (said - (actual[row] ?? 0)) ** 2);
}
