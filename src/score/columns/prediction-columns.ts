import type { Histories } from '../clv/cells.ts';
import type { ValueTerms } from '../clv/clv.ts';
import type { Fit } from '../clv/fit.ts';
import { expectedSpend } from '../clv/gamma-gamma.ts';
import { models } from '../clv/models.ts';
import { whileAliveReader } from '../clv/while-alive.ts';

/** The histories in the fit's unit; `spend` is the mean amount of repeat orders. */
type Customers = Histories & { readonly spend: Float64Array };

/** How far is looked ahead. */
export type Outlook = {
  /** In the fit's unit: for the chance to buy and the orders expected. */
  readonly horizon: number;
  readonly terms: ValueTerms;
  /** Mean amount of all orders: stands in where spend is not modelled and who has not ordered again. */
  readonly meanAmount: number;
};

/** What is expected of everybody, equal positions with the histories. */
export type PredictionColumns = {
  readonly alive: Float64Array;
  readonly buys: Float64Array;
  readonly orders: Float64Array;
  readonly spendPerOrder: Float64Array;
  readonly lifetimeValue: Float64Array;
};

/**
 * Everybody's expectations under a fit: P(alive) is each customer's own; what is expected of somebody
 * who is still one depends on x and T alone, so it is worked out once for each pair that occurs.
 */
export function predictionColumns(
  fit: Fit,
  customers: Customers,
  outlook: Outlook,
): PredictionColumns {
  const { x, tx, T, spend } = customers;
  const { params } = fit;
  const { probabilityAlive } = models[fit.model];
  const column = (): Float64Array => new Float64Array(x.length);
  const found = {
    alive: column(),
    buys: column(),
    orders: column(),
    spendPerOrder: column(),
    lifetimeValue: column(),
  };
  const whileAlive = whileAliveReader({ ...fit, ...outlook });
  const spendOf = spendReader(fit, outlook);
  for (let row = 0; row < x.length; row += 1) {
    const history = { x: x[row] ?? 0, tx: tx[row] ?? 0, T: T[row] ?? 0 };
    const alive = probabilityAlive(params, history);
    const expected = whileAlive(history.x, history.T);
    const amount = spendOf(history.x, spend[row] ?? 0);
    found.alive[row] = alive;
    found.buys[row] = alive * expected.buys;
    found.orders[row] = alive * expected.orders;
    found.spendPerOrder[row] = amount;
    found.lifetimeValue[row] = alive * expected.value * amount;
  }
  return found;
}

/** By Gamma-Gamma; where it could not be fitted, the customer's own mean, or that of all. */
function spendReader({ gammaGamma }: Fit, { meanAmount }: Outlook) {
  if (gammaGamma !== null)
    return (x: number, spend: number): number => expectedSpend(gammaGamma, x, spend);
  return (x: number, spend: number): number => (x > 0 && spend > 0 ? spend : meanAmount);
}
