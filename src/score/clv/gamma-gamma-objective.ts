import { logGamma } from './log-gamma.ts';
import type { Evaluation, Objective } from './objective.ts';
import { parametersAt, priorCost, slopesByLog } from './prior.ts';
import type { RepeatSpend } from './repeat-spend.ts';
import { digammaRising, logRising } from './rising.ts';

/**
 * Minus the Gamma-Gamma log-likelihood by log p, log (q − 1) and log gamma, with the prior, and its
 * analytic slope. The Gamma functions are worked out once for each x.
 */
export function gammaGammaObjective(buyers: RepeatSpend): Objective {
  const groups = groupsOf(buyers);
  return (point) => {
    const parameters = parametersAt(point);
    const [p = 1, excess = 1, gamma = 1] = parameters;
    const prior = priorCost(point);
    const { value, gradient } = costs(groups, p, 1 + excess, gamma);
    const slopes = slopesByLog(point, parameters, gradient);
    return {
      value: value + prior.value,
      gradient: slopes.map((slope, at) => slope + (prior.gradient[at] ?? 0)),
    };
  };
}

/** The customers with one x: what each spent in all, and the sums that do not depend on parameters. */
type Group = {
  readonly x: number;
  readonly totals: Float64Array;
  readonly logTotals: number;
  readonly logMeans: number;
};

function groupsOf({ spend, groups }: RepeatSpend): readonly Group[] {
  return groups.map(({ x, from, to }) => {
    const means = spend.subarray(from, to);
    const logMeans = means.reduce((sum, amount) => sum + Math.log(amount), 0);
    const logTotals = logMeans + means.length * Math.log(x);
    return { x, totals: means.map((amount) => amount * x), logTotals, logMeans };
  });
}

/** Minus the log-likelihood, and its slopes by p, q and gamma. */
function costs(groups: readonly Group[], p: number, q: number, gamma: number): Evaluation {
  let [value, byP, byQ, byGamma] = [0, 0, 0, 0];
  for (const { x, totals, logTotals, logMeans } of groups) {
    const n = totals.length;
    let [rest, reciprocals] = [0, 0];
    for (const total of totals) {
      const ratio = total / gamma;
      rest += Math.log1p(ratio);
      reciprocals += 1 / (1 + ratio);
    }
    const share = rest - (logTotals - n * Math.log(gamma));
    const logs = logRising(q, p * x) - logGamma(p * x);
    value += q * rest + p * x * share + logMeans - n * logs;
    byP += x * share - n * x * digammaRising(p * x, q);
    byQ += rest - n * digammaRising(q, p * x);
    byGamma += ((p * x + q) * reciprocals - n * q) / gamma;
  }
  return { value, gradient: [byP, byQ, byGamma] };
}
