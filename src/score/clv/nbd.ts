import { negativeBinomialTail } from './incomplete-beta.ts';
import { checkInputs, type History, type NbdParams } from './nbd-params.ts';
import { ordersWhileAlive } from './orders-while-alive.ts';
import { logRising } from './rising.ts';

/**
 * What BG/NBD and MBG/NBD share. They differ in `chances`, how often a customer with `x` repeat
 * orders could have left: after each repeat order (x), or after the first one too (x + 1).
 */
type Chances = (x: number) => number;

export function nbdLogLikelihood(params: NbdParams, history: History, chances: Chances): number {
  checkInputs(params, history, 0);
  const { r, alpha } = params;
  const { x, tx, T } = history;
  const n = chances(x);
  if (n === 0) return -r * Math.log1p(T / alpha);
  const stayed = logStayed(params, n);
  const bought = logRising(r, x) - r * Math.log1p(tx / alpha) - x * Math.log(alpha + tx);
  return bought + stayed + logSum(-logSilence(params, history), logLeaveOdds(params, n));
}

export function nbdProbabilityAlive(params: NbdParams, history: History, chances: Chances): number {
  checkInputs(params, history, 0);
  const n = chances(history.x);
  if (n === 0) return 1;
  const logOdds = logLeaveOdds(params, n) + logSilence(params, history);
  const small = Math.exp(-Math.abs(logOdds));
  return (logOdds < 0 ? 1 : small) / (1 + small);
}

export function nbdExpectedOrders(
  params: NbdParams,
  history: History,
  horizon: number,
  chances: Chances,
): number {
  checkInputs(params, history, horizon);
  const { r, alpha, a, b } = params;
  const alive = nbdProbabilityAlive(params, history, chances);
  const w = horizon / (alpha + history.T);
  return alive * ordersWhileAlive({ s: r + history.x, a, b: b + chances(history.x), w });
}

export function nbdProbabilityBuys(
  params: NbdParams,
  history: History,
  horizon: number,
  chances: Chances,
): number {
  checkInputs(params, history, horizon);
  const w = horizon / (params.alpha + history.T);
  const buysWhenAlive = -Math.expm1(-(params.r + history.x) * Math.log1p(w));
  return nbdProbabilityAlive(params, history, chances) * buysWhenAlive;
}

export function nbdProbabilityOfOrders(
  params: NbdParams,
  orders: number,
  horizon: number,
  chances: Chances,
): number {
  checkInputs(params, { x: orders, tx: 0, T: 0 }, horizon);
  const { r, alpha } = params;
  const q = horizon / (alpha + horizon);
  const rest = alpha / (alpha + horizon);
  const n = chances(orders);
  const stayed = logStayed(params, n);
  const logCount = logRising(r, orders) - logRising(1, orders) + logPower(q, orders);
  const still = Math.exp(logCount - r * Math.log1p(horizon / alpha) + stayed);
  if (n === 0) return still;
  const tail = negativeBinomialTail(orders, r, q, rest);
  return still + Math.exp(stayed + logLeaveOdds(params, n)) * tail;
}

/** Of `n` chances to leave none was taken. */
function logStayed({ a, b }: NbdParams, n: number): number {
  return logRising(b, n) - logRising(a + b, n);
}

/** Left at the last of `n` chances, against stayed. */
function logLeaveOdds({ a, b }: NbdParams, n: number): number {
  return Math.log(a) - Math.log(b + (n - 1));
}

/** How surprising the silence since the last order is in somebody who is still a customer. */
function logSilence({ r, alpha }: NbdParams, { x, tx, T }: History): number {
  return (r + x) * Math.log1p((T - tx) / (alpha + tx));
}

function logSum(left: number, right: number): number {
  const larger = Math.max(left, right);
  return larger + Math.log1p(Math.exp(Math.min(left, right) - larger));
}

function logPower(base: number, exponent: number): number {
  return exponent === 0 ? 0 : exponent * Math.log(base);
}
