import type { Prediction } from '../../domain/result.ts';
import type { Signals } from '../../domain/score.ts';
import type { Forecast } from '../../policy/cut-points.ts';
import { expectedSpend } from '../clv/gamma-gamma.ts';
import { models } from '../clv/models.ts';
import type { WhileAlive } from '../clv/while-alive.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { type OrderHistory, orderHistory } from './order-history.ts';
import { nextSilenceStep, silenceStep } from './silence-steps.ts';
import { whileAliveUnder } from './while-alive-memo.ts';

const nothing: WhileAlive = { buys: 0, orders: 0, value: 0 };

/**
 * What the customer will do, by the model fitted to the base (its unit is the day); `null` without a
 * purchase or a fitted model.
 *
 * - `probabilityBuys`: of at least one order within the policy's `lifetime.horizonDays` of the day of
 *   asking. This is the churn score; the chance of still being a customer is not.
 * - `expectedOrders`: within the same horizon; orders of one local day are one.
 * - `spendMinor`: expected amount of such an order by Gamma-Gamma; where that could not be fitted,
 *   the customer's own mean of repeat orders, or the mean order of the base; less the share that the
 *   customer has given back so far.
 * - `lifetimeMinor`: margin of the orders expected within `lifetime.years` of 365.25 days, those of
 *   each twelfth of a year counted at its end, discounted by the year. Past orders do not count.
 *
 * Time moves it in steps of silence only, so it looks a little hopeful just before one. Where `basis`
 * is `fallback`, whoever has been silent for longer than the base's hiatus is expected to do nothing.
 */
export function predictionOf({
  cuts,
  policy,
  signals,
  timeline,
  today,
}: CustomerDay): Prediction | null {
  const { forecast } = cuts;
  const own = orderHistory(timeline, signals.orders, today);
  if (forecast === null || own === null) return null;
  const silence = own.T - own.tx;
  const history = { x: own.x, tx: own.tx, T: own.tx + silenceStep(silence) };
  const alive = models[forecast.model].probabilityAlive(forecast.params, history);
  const isLost = forecast.basis === 'fallback' && silence > forecast.hiatusDays;
  const ahead = isLost ? nothing : whileAliveUnder(forecast, policy.lifetime)(own.x, history.T);
  const gross = spendOf(own, forecast);
  const spend = gross === null ? null : gross * keptShare(signals, forecast);
  return {
    model: forecast.model,
    basis: forecast.basis,
    horizonDays: policy.lifetime.horizonDays,
    probabilityBuys: hundredths(Math.min(1, alive * ahead.buys)),
    expectedOrders: hundredths(alive * ahead.orders),
    spendMinor: spend === null ? null : Math.round(spend),
    lifetimeMinor: spend === null ? null : Math.round(alive * ahead.value * spend),
    years: policy.lifetime.years,
  };
}

/** The first day after `today` on which time alone may change it. */
export function predictionChangesAfter({ cuts, signals, today }: CustomerDay): number {
  const { daysSinceLastOrder: silence } = signals;
  if (cuts.forecast === null || silence === null) return NEVER;
  const { basis, hiatusDays } = cuts.forecast;
  const step = nextSilenceStep(silence);
  const hiatus = basis === 'fallback' && hiatusDays >= silence ? hiatusDays + 1 : NEVER;
  return today + Math.min(step, hiatus) - silence;
}

function spendOf({ x, spend }: OrderHistory, { gammaGamma, meanOrderMinor }: Forecast) {
  if (gammaGamma !== null) return expectedSpend(gammaGamma, x, spend);
  return spend > 0 ? spend : meanOrderMinor;
}

/**
 * What of an order is likely to be kept: refunds so far against purchases so far and one mean order of
 * the base, so that who gave back a single order is not taken for one who gives back all.
 */
function keptShare({ netEver, refundedEver }: Signals, { meanOrderMinor }: Forecast): number {
  if (refundedEver <= 0) return 1;
  const bought = Math.max(0, netEver + refundedEver) + (meanOrderMinor ?? 0);
  return bought > 0 ? Math.max(0, 1 - refundedEver / bought) : 0;
}

function hundredths(value: number): number {
  return Math.round(100 * value) / 100;
}
