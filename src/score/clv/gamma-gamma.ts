import { logGamma } from './log-gamma.ts';
import { logRising } from './rising.ts';

/**
 * Gamma-Gamma (Fader & Hardie, note 025, 2013): an order's amount is Gamma(`p`, rate ν), ν over
 * customers is Gamma(`q`, rate `gamma`). `q` is above 1, so that the expected spend exists.
 */
export type GammaGammaParams = { readonly p: number; readonly q: number; readonly gamma: number };

export type GammaGammaFit = GammaGammaParams & {
  /** Of the customers with a repeat order and a mean amount above 0. */
  readonly logLikelihood: number;
};

/** Natural log of the density of a mean amount `spend` above 0 over `x` ≥ 1 repeat orders. */
export function spendLogLikelihood(
  { p, q, gamma }: GammaGammaParams,
  x: number,
  spend: number,
): number {
  const total = x * spend;
  const logs = logRising(q, p * x) - logGamma(p * x);
  const shareSpent = -p * x * Math.log1p(gamma / total);
  return logs - q * Math.log1p(total / gamma) + shareSpent - Math.log(spend);
}

/**
 * Expected amount per order: the customer's own mean, drawn to that of all by how few orders it
 * rests on; that of all customers for who has not ordered again. Always above 0.
 */
export function expectedSpend({ p, q, gamma }: GammaGammaParams, x: number, spend: number): number {
  const own = x > 0 && spend > 0 ? x : 0;
  return (p * (gamma + own * (own > 0 ? spend : 0))) / (p * own + q - 1);
}
