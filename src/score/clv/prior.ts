import type { Evaluation } from './objective.ts';

/** Parameters between e^−7 and e^7 (in the scaled unit) are all as likely. */
const FLAT_WITHIN = 7;

/**
 * The weak prior of a fit, as a cost on log-parameters: nothing between e^−7 and e^7, so that
 * published optima are met to their last digit, and beyond it half a log unit at the next power of
 * e: less than one customer's say, whatever the base. It holds the search where the likelihood only
 * levels off (nobody leaves, all rates equal). Our own choice, not from a paper.
 */
export function priorCost(point: readonly number[]): Evaluation {
  const gradient = point.map((part) => Math.sign(part) * Math.max(0, Math.abs(part) - FLAT_WITHIN));
  return { value: gradient.reduce((sum, part) => sum + (part * part) / 2, 0), gradient };
}

/** Where doubles and their products still are numbers. */
const FARTHEST = 40;

/** The parameters at a point of logarithms, kept within e^±40: the prior alone leads back from there. */
export function parametersAt(point: readonly number[]): readonly number[] {
  return point.map((part) => Math.exp(Math.min(FARTHEST, Math.max(-FARTHEST, part))));
}

/** Slopes by the logarithms, of slopes by the parameters. */
export function slopesByLog(
  point: readonly number[],
  parameters: readonly number[],
  slopes: readonly number[],
): readonly number[] {
  return slopes.map((slope, at) =>
    Math.abs(point[at] ?? 0) < FARTHEST ? slope * (parameters[at] ?? 0) : 0,
  );
}
