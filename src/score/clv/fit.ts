import type { ModelName } from '../../domain/models.ts';
import { type Cells, cellsOf, type Histories, inUnitsOf, thinned } from './cells.ts';
import { fallbackParams, tooLittle } from './fallback.ts';
import { boundaryWarnings, NEVER_LEAVES } from './fit-boundaries.ts';
import { fitGammaGamma } from './fit-gamma-gamma.ts';
import { fitStarts } from './fit-starts.ts';
import {
  type FitWarning,
  fewCustomers,
  notConverged,
  tooLittleWarning,
  unusableWarnings,
} from './fit-warning.ts';
import type { GammaGammaFit } from './gamma-gamma.ts';
import { nbdObjective } from './nbd-objective.ts';
import type { NbdParams } from './nbd-params.ts';
import type { Objective } from './objective.ts';
import { parametersAt, priorCost } from './prior.ts';
import { lowestMinimum, refinedMinimum } from './search.ts';
import type { TimeUnit } from './time-unit.ts';
import { usableHistories } from './usable-histories.ts';

/** Enough cells to find where a fit starts. */
const CELLS_TO_START = 10_000;
/** Below this a fit is still made, and said to be uncertain. */
const FEW_CUSTOMERS = 200;

/** What is fitted; `tx` and `T` are in `unit`, equal positions are one customer. */
export type FitInput = Histories & {
  readonly model: ModelName;
  readonly unit: TimeUnit;
  /** Mean amount of the repeat orders; not read where x is 0. */
  readonly spend: Float64Array;
};

/** Parameters for a base, with all that must be known to trust them. Every number is finite. */
export type Fit = {
  readonly model: ModelName;
  readonly unit: TimeUnit;
  /** `fallback`: too little data, so the population's rate and an assumed chance to leave. */
  readonly basis: 'likelihood' | 'fallback';
  readonly params: NbdParams;
  /** Of all customers, at `params`. */
  readonly logLikelihood: number;
  readonly customers: number;
  readonly repeatBuyers: number;
  /** `null` where the repeat orders' amounts do not allow one. */
  readonly gammaGamma: GammaGammaFit | null;
  /** Of repeat orders with their mean amount; `null` where it has no meaning. */
  readonly frequencySpendCorrelation: number | null;
  readonly warnings: readonly FitWarning[];
};

/** The part of a fit that is about orders and leaving. */
type NbdFit = Pick<Fit, 'basis' | 'params' | 'logLikelihood' | 'warnings'>;

/**
 * Fits the model and Gamma-Gamma by maximum likelihood under a weak prior. Never fails and never
 * gives what is no number: too little data, or an optimum at the edge of the model, is told in
 * `warnings`. The result depends neither on the order of the customers nor, but for `alpha`, on the
 * unit.
 */
export function fit(input: FitInput): Fit {
  const customers = usableHistories(input);
  const orders = fitNbd(customers, input);
  const money = fitGammaGamma(customers.x, customers.spend);
  return {
    model: input.model,
    unit: input.unit,
    ...orders,
    customers: customers.x.length,
    repeatBuyers: customers.x.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0),
    gammaGamma: money.fit,
    frequencySpendCorrelation: money.correlation,
    warnings: [
      ...unusableWarnings(input.x.length - customers.x.length),
      ...orders.warnings,
      ...money.warnings,
    ],
  };
}

function fitNbd(histories: Histories, { model, unit }: FitInput): NbdFit {
  const extra = model === 'bgnbd' ? 0 : 1;
  const cells = cellsOf(histories);
  const missing = tooLittle(cells);
  if (missing === null) return fitByLikelihood(cells, extra);
  const params = fallbackParams(cells, unit);
  const { r, alpha, a, b } = params;
  return {
    basis: 'fallback',
    params,
    logLikelihood: logLikelihoodAt(nbdObjective(cells, extra), [r, alpha, a, b].map(Math.log)),
    warnings: [tooLittleWarning(missing)],
  };
}

/** Time is counted in units of the longest T: then nothing but alpha knows the unit. */
function fitByLikelihood(given: Cells, extra: 0 | 1): NbdFit {
  const longest = given.T.reduce((most, T) => Math.max(most, T), 0);
  const cells = inUnitsOf(given, longest);
  const few = thinned(cells, CELLS_TO_START);
  const start = lowestMinimum(nbdObjective(few, extra), fitStarts(few));
  const objective = nbdObjective(cells, extra);
  const found =
    few === cells ? start : refinedMinimum(objective, start, total(few, null) / total(cells, null));
  const [r = 1, alpha = 1, a = 1, b = 1] = parametersAt(found.at);
  const logLikelihood = logLikelihoodAt(objective, found.at);
  const loyal = logLikelihoodAt(objective, found.at.with(2, NEVER_LEAVES));
  const orders = total(cells, cells.x);
  return {
    basis: 'likelihood',
    params: { r, alpha: alpha * longest, a, b },
    logLikelihood: logLikelihood - orders * Math.log(longest),
    warnings: [
      ...(total(cells, null) < FEW_CUSTOMERS ? [fewCustomers] : []),
      ...boundaryWarnings({ r, a, b }, logLikelihood - loyal),
      ...(found.converged ? [] : [notConverged]),
    ],
  };
}

/** The objective is minus that, with the prior. */
function logLikelihoodAt(objective: Objective, point: readonly number[]): number {
  return priorCost(point).value - objective(point).value;
}

/** Sum over customers: of a column, or of one each. */
function total({ count }: Cells, column: Float64Array | null): number {
  return count.reduce((sum, weight, cell) => sum + weight * (column?.[cell] ?? 1), 0);
}
