import { correlation } from '../clv/correlation.ts';
import type { Weights } from './weights.ts';

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
  const size = forecast.length;
  const sums = { forecast: 0, actual: 0, distance: 0, squares: 0 };
  for (let row = 0; row < size; row += 1) {
    const [said, was] = [forecast[row] ?? 0, actual[row] ?? 0];
    sums.forecast += said;
    sums.actual += was;
    sums.distance += Math.abs(said - was);
    sums.squares += (said - was) ** 2;
  }
  return {
    forecast: sums.forecast,
    actual: sums.actual,
    totalError: sums.actual === 0 ? null : sums.forecast / sums.actual - 1,
    mae: size === 0 ? null : sums.distance / size,
    rmse: size === 0 ? null : Math.sqrt(sums.squares / size),
    correlation: correlation(forecast, actual),
  };
}

/** How far the sum of all is off, whichever way, as a share of the actual; `null` without an actual. */
export function totalMiss(
  forecast: Float64Array,
  actual: Float64Array,
  weights: Weights,
): number | null {
  const was = weightedSum(actual, weights);
  return was === 0 ? null : Math.abs(weightedSum(forecast, weights) / was - 1);
}

/** Mean over customers; `null` without any. */
export function weightedMean(values: Float64Array, weights: Weights): number | null {
  let customers = 0;
  for (let row = 0; row < weights.length; row += 1) customers += weights[row] ?? 0;
  return customers === 0 ? null : weightedSum(values, weights) / customers;
}

function weightedSum(values: Float64Array, weights: Weights): number {
  let sum = 0;
  for (let row = 0; row < values.length; row += 1) sum += (weights[row] ?? 0) * (values[row] ?? 0);
  return sum;
}

/** What each customer adds to an error, by which errors are compared. */
export function distances(forecast: Float64Array, actual: Float64Array): Float64Array {
  return forecast.map((said, row) => Math.abs(said - (actual[row] ?? 0)));
}

/** As `distances`, squared. */
export function squaredDistances(forecast: Float64Array, actual: Float64Array): Float64Array {
  return forecast.map((said, row) => (said - (actual[row] ?? 0)) ** 2);
}
