/** The customer's own rhythm, in days. */
export type Gaps = {
  readonly medianGapDays: number | null;
  readonly gapSpreadDays: number | null;
};

/** Median gap between days of purchase and the median distance from it, which no single pause upsets. */
export function gapsOf(days: readonly number[]): Gaps {
  if (days.length < 2) return { medianGapDays: null, gapSpreadDays: null };
  const gaps = Float64Array.from(days.slice(1), (day, at) => day - (days[at] ?? day));
  const middle = median(gaps);
  if (gaps.length < 2) return { medianGapDays: middle, gapSpreadDays: null };
  return {
    medianGapDays: middle,
    gapSpreadDays: median(gaps.map((gap) => Math.abs(gap - middle))),
  };
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
