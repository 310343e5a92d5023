import type { Ranking } from './ranking.ts';

/**
 * Parts customers into at most `most` bins of about the same size, lowest scores in bin 0. A group of
 * equal scores goes where its middle falls and is never parted, so bins can differ in size or be empty.
 */
export function binsOf({ rows, ends }: Ranking, most: number): Uint16Array {
  const bins = new Uint16Array(rows.length);
  let from = 0;
  for (const end of ends) {
    const middle = rows.length - (from + end) / 2;
    const bin = Math.min(most - 1, Math.floor((most * middle) / rows.length));
    for (let at = from; at < end; at += 1) bins[rows[at] ?? 0] = bin;
    from = end;
  }
  return bins;
}

/** The mean of `values` in each one's bin. */
export function meanInBin(bins: Uint16Array, values: Float64Array): Float64Array {
  const sums = new Float64Array(65_536);
  const counts = new Float64Array(65_536);
  for (let row = 0; row < bins.length; row += 1) {
    const bin = bins[row] ?? 0;
    sums[bin] = (sums[bin] ?? 0) + (values[row] ?? 0);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return Float64Array.from(bins, (bin) => (sums[bin] ?? 0) / (counts[bin] ?? 1));
}
