import {
  nbdExpectedOrders,
  nbdLogLikelihood,
  nbdProbabilityAlive,
  nbdProbabilityBuys,
  nbdProbabilityOfOrders,
} from './nbd.ts';
import type { History, NbdParams } from './nbd-params.ts';

// MBG/NBD: Batislam, Denizel & Filiztekin, Intern. J. of Research in Marketing 24 (2007).

/** A customer can leave after each order, the first one too. */
const chances = (x: number): number => x + 1;

/** Natural log of the density of one customer's history. */
export function logLikelihood(params: NbdParams, history: History): number {
  return nbdLogLikelihood(params, history, chances);
}

/** The probability that the customer is still one at the end of T. Who bought once can have left. */
export function probabilityAlive(params: NbdParams, history: History): number {
  return nbdProbabilityAlive(params, history, chances);
}

/**
 * Orders expected within `horizon` units of time after T (one unit unless told). The history
 * `{x: 0, tx: 0, T: 0}` asks for those of somebody who has just ordered for the first time.
 */
export function expectedOrders(params: NbdParams, history: History, horizon = 1): number {
  return nbdExpectedOrders(params, history, horizon, chances);
}

/**
 * The probability of at least one order within `horizon` units of time after T (one unit unless
 * told): P(alive) · (1 − ((α + T) / (α + T + horizon))^(r + x)).
 */
export function probabilityBuys(params: NbdParams, history: History, horizon = 1): number {
  return nbdProbabilityBuys(params, history, horizon, chances);
}

/** The probability of exactly `orders` repeat orders within `horizon` of the first order. */
export function probabilityOfOrders(params: NbdParams, orders: number, horizon: number): number {
  return nbdProbabilityOfOrders(params, orders, horizon, chances);
}
