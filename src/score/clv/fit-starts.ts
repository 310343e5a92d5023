import type { Cells } from './cells.ts';

/** Where the search starts, as log r, log alpha, log a, log b: by the moments of x, and about them. */
export function fitStarts(cells: Cells): readonly (readonly number[])[] {
  const { rate, shape } = moments(cells);
  return [
    [shape, shape / rate, 0.5, 2],
    [0.25, 0.1 / rate, 0.8, 2.4],
    [1, 0.3 / rate, 1, 2],
    [1, 1 / rate, 0.05, 1],
  ].map((start) => start.map(Math.log));
}

/** Mean rate, and the shape of a negative binomial with the mean and variance of x. */
function moments({ x, T, count }: Cells) {
  let [customers, orders, squares, time] = [0, 0, 0, 0];
  for (const [cell, weight] of count.entries()) {
    const repeat = x[cell] ?? 0;
    customers += weight;
    orders += weight * repeat;
    squares += weight * repeat * repeat;
    time += weight * (T[cell] ?? 0);
  }
  const mean = orders / customers;
  const excess = squares / customers - mean * mean - mean;
  const shape = excess > 0 ? (mean * mean) / excess : 10;
  return { rate: orders / time, shape: Math.min(10, Math.max(0.05, shape)) };
}
