import { digamma, digammaRest } from './digamma.ts';
import { logGamma, STIRLING_FROM, stirlingRest } from './log-gamma.ts';

/** Up to here a product is multiplied out. */
const MULTIPLIED_OUT = 64;

/**
 * ln (Γ(y + n) / Γ(y)), that is ln y(y + 1)…(y + n − 1), for y > 0 and n ≥ 0. Two `logGamma` would
 * lose all digits where y is large against n.
 */
export function logRising(y: number, n: number): number {
  if (!Number.isInteger(n))
    return y < STIRLING_FROM ? logGamma(y + n) - logGamma(y) : stirlingDifference(y, n);
  if (n <= MULTIPLIED_OUT) return logProduct(y, n);
  const lift = Math.max(0, Math.ceil(STIRLING_FROM - y));
  return logProduct(y, lift) + stirlingDifference(y + lift, n - lift);
}

function logProduct(y: number, n: number): number {
  let sum = 0;
  let product = 1;
  for (let at = 0; at < n; at += 1) {
    product *= y + at;
    if (product > 1e-100 && product < 1e100) continue;
    sum += Math.log(product);
    product = 1;
  }
  return sum + Math.log(product);
}

/** ln Γ(y + n) − ln Γ(y) by Stirling's series of both, without their difference of large numbers. */
function stirlingDifference(y: number, n: number): number {
  const rest = stirlingRest(y + n) - stirlingRest(y);
  return (y - 0.5) * Math.log1p(n / y) + n * (Math.log(y + n) - 1) + rest;
}

/** ψ(y + n) − ψ(y): the derivative of `logRising` by y. */
export function digammaRising(y: number, n: number): number {
  if (!Number.isInteger(n))
    return y < STIRLING_FROM ? digamma(y + n) - digamma(y) : digammaDifference(y, n);
  if (n <= MULTIPLIED_OUT) return reciprocals(y, n);
  const lift = Math.max(0, Math.ceil(STIRLING_FROM - y));
  return reciprocals(y, lift) + digammaDifference(y + lift, n - lift);
}

function reciprocals(y: number, n: number): number {
  let sum = 0;
  for (let at = 0; at < n; at += 1) sum += 1 / (y + at);
  return sum;
}

function digammaDifference(y: number, n: number): number {
  const rest = digammaRest(y + n) - digammaRest(y);
  return Math.log1p(n / y) + (0.5 * n) / (y * (y + n)) - rest;
}
