import { correlation } from './correlation.ts';
import type { FitWarning } from './fit-warning.ts';
import type { GammaGammaFit } from './gamma-gamma.ts';
import { gammaGammaObjective } from './gamma-gamma-objective.ts';
import { parametersAt, priorCost } from './prior.ts';
import { type RepeatSpend, repeatSpend, thinnedSpend } from './repeat-spend.ts';
import { lowestMinimum, refinedMinimum } from './search.ts';

const LEAST_BUYERS = 10;
/** Enough of them to find where a fit starts. */
const BUYERS_TO_START = 10_000;
/** From here on amounts do not vary, within or between customers. */
const NO_SPREAD = 300;
/** Above it the model's assumption is off: that who orders more often does not spend more an order. */
const TOO_CORRELATED = 0.3;

/** Log p, log (q − 1) and log gamma with an expected amount of 1. */
const starts = [
  [6, 2.7],
  [1, 1],
  [30, 10],
].map(([p = 1, excess = 1]) => [Math.log(p), Math.log(excess), Math.log(excess / p)]);

type MoneyFit = {
  readonly fit: GammaGammaFit | null;
  readonly correlation: number | null;
  readonly warnings: readonly FitWarning[];
};

/** Fits Gamma-Gamma to who ordered again (x ≥ 1) at a mean amount above 0. */
export function fitGammaGamma(x: Float64Array, spend: Float64Array): MoneyFit {
  const buyers = repeatSpend(x, spend);
  const related = correlation(buyers.x, buyers.spend);
  const warnings = [...correlationWarnings(related)];
  if (buyers.x.length < LEAST_BUYERS)
    return { fit: null, correlation: related, warnings: [...warnings, notFitted(buyers.x.length)] };
  const mean = buyers.spend.reduce((sum, amount) => sum + amount / buyers.spend.length, 0);
  const scaled: RepeatSpend = { ...buyers, spend: buyers.spend.map((amount) => amount / mean) };
  const objective = gammaGammaObjective(scaled);
  const few = thinnedSpend(scaled, BUYERS_TO_START);
  const start = lowestMinimum(few === scaled ? objective : gammaGammaObjective(few), starts);
  const found =
    few === scaled ? start : refinedMinimum(objective, start, few.x.length / scaled.x.length);
  const [p = 1, excess = 1, gamma = 1] = parametersAt(found.at);
  const scaledLogLikelihood = priorCost(found.at).value - found.value;
  return {
    fit: {
      p,
      q: 1 + excess,
      gamma: gamma * mean,
      logLikelihood: scaledLogLikelihood - buyers.x.length * Math.log(mean),
    },
    correlation: related,
    warnings: [...warnings, ...edgeWarnings(p, excess)],
  };
}

function notFitted(buyers: number): FitWarning {
  const text = `too few customers with repeat orders of an amount (${buyers}): spend per order is not modelled`;
  return { code: 'spend-not-fitted', text };
}

function correlationWarnings(related: number | null): readonly FitWarning[] {
  if (related === null || Math.abs(related) <= TOO_CORRELATED) return [];
  const text = `frequency and spend per order are correlated (${related.toFixed(2)}): Gamma-Gamma assumes that they are not, its values are off`;
  return [{ code: 'spend-correlated', text }];
}

function edgeWarnings(p: number, excess: number): readonly FitWarning[] {
  const edges = [
    p > NO_SPREAD
      ? 'a customer’s orders are all of about the same amount (p has no upper end)'
      : '',
    excess > NO_SPREAD ? 'all customers spend about the same an order (q has no upper end)' : '',
    excess < 1 / NO_SPREAD
      ? 'a few customers spend so much that there is no mean (q is about 1)'
      : '',
  ];
  return edges.filter((text) => text !== '').map((text) => ({ code: 'spend-boundary', text }));
}
