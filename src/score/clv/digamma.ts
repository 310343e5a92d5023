import { STIRLING_FROM } from './log-gamma.ts';

/**
 * ψ(x), the derivative of ln Γ(x), for x > 0, to about 1e-15: the recurrence up to 16, the
 * asymptotic series from there (Abramowitz & Stegun 6.3.5, 6.3.18).
 */
export function digamma(x: number): number {
  let below = 0;
  let at = x;
  for (; at < STIRLING_FROM; at += 1) below += 1 / at;
  return Math.log(at) - 0.5 / at - digammaRest(at) - below;
}

/** ln x − 1 / 2x − ψ(x), for x ≥ 16. */
export function digammaRest(x: number): number {
  const y = 1 / (x * x);
  return y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132)))));
}
