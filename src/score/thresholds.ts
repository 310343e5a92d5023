/** How many of the ascending `thresholds` the value reaches. */
export function stepsUpTo(value: number, thresholds: readonly number[]): number {
  let reached = 0;
  for (const threshold of thresholds) if (value >= threshold) reached += 1;
  return reached;
}

/**
 * Thresholds that split `sorted` into `steps` parts of about equal size, ties never split: a value
 * is one step higher for each threshold it reaches.
 *
 * The k-th threshold is the lowest value above the quantile k / steps (nearest rank), or the highest
 * value where nothing lies above. So equal values always get the same step, the lowest value always
 * the first, and the highest always the last, however many share it; steps between may stay empty
 * (half one-time buyers: F has no 2). `null` when all values are the same: they rank nobody.
 */
export function quantileThresholds(sorted: Float64Array, steps: number): readonly number[] | null {
  const lowest = sorted[0];
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined || lowest === highest) return null;
  return Array.from({ length: steps - 1 }, (_, at) => {
    const rank = Math.ceil(((at + 1) * sorted.length) / steps);
    const quantile = sorted[rank - 1] ?? lowest;
    return sorted[firstAbove(sorted, quantile)] ?? highest;
  });
}

/** Index of the first value above `limit`; the length when there is none. */
function firstAbove(sorted: Float64Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
