import type { Forecast } from '../../policy/cut-points.ts';
import type { Policy } from '../../policy/schema.ts';
import { fit as fitModels } from '../clv/fit.ts';
import { hiatusDays } from './hiatus.ts';
import type { HistoryBase } from './history-base.ts';

/**
 * The policy's model of orders and leaving, and Gamma-Gamma for amounts, fitted to whoever ever
 * ordered [A8]. Time is in days, amounts in home minor units. Too little data gives the population's
 * rate and the hiatus rule (`basis` is `fallback`), with a warning; `null` only where nobody ordered.
 */
export function forecastOf(base: HistoryBase, policy: Policy): Forecast | null {
  if (base.size === 0) return null;
  const { model, basis, params, gammaGamma, ...found } = fitModels({
    model: policy.lifetime.model,
    unit: 'day',
    x: base.x.values(),
    tx: base.tx.values(),
    T: base.T.values(),
    spend: base.spend.values(),
  });
  return {
    model,
    basis,
    params,
    gammaGamma:
      gammaGamma === null ? null : { p: gammaGamma.p, q: gammaGamma.q, gamma: gammaGamma.gamma },
    meanOrderMinor: base.meanOrderMinor,
    hiatusDays: hiatusDays(base.gaps, policy.days.lost),
    customers: found.customers,
    repeatBuyers: found.repeatBuyers,
    frequencySpendCorrelation: found.frequencySpendCorrelation,
    warnings: found.warnings,
  };
}
