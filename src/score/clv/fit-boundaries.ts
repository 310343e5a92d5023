import type { FitWarning } from './fit-warning.ts';

/** A log-likelihood less than this better is not better. */
const NO_BETTER = 0.5;
/** From here on a Gamma's or Beta's spread is nothing to speak of. */
const NO_SPREAD = 300;
/** log a of somebody who never leaves. */
export const NEVER_LEAVES = -39.9;

/**
 * What a fit at the edge of its model means. `gain` is how much the log-likelihood is above that of
 * the same fit in which nobody leaves.
 */
export function boundaryWarnings(
  { r, a, b }: { readonly r: number; readonly a: number; readonly b: number },
  gain: number,
): readonly FitWarning[] {
  const isLoyal = gain < NO_BETTER;
  return [
    ...(isLoyal ? [noDropout] : []),
    ...(r > NO_SPREAD ? [equalRates] : []),
    ...(!isLoyal && a + b > NO_SPREAD ? [equalDropout] : []),
  ];
}

const noDropout: FitWarning = {
  code: 'no-dropout',
  text: 'no customer is seen to leave in these orders (a goes to 0): P(alive) is about 1 for everybody, and says nothing',
};

const equalRates: FitWarning = {
  code: 'equal-rates',
  text: 'all customers order at about the same rate (r has no upper end)',
};

const equalDropout: FitWarning = {
  code: 'equal-dropout',
  text: 'all customers have about the same chance to leave (a and b have no upper end)',
};
