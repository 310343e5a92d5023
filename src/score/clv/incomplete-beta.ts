import { logRising } from './rising.ts';

const TINY = 1e-300;
const MOST_STEPS = 100_000;

/**
 * P(N ≥ n) of the negative binomial count N of shape `r` and success chance `q` (`rest` is 1 − q):
 * the regularised incomplete beta function I_q(n, r), relative error about 1e-13 in both tails.
 * Lentz's evaluation of the continued fraction DLMF 8.17.22.
 */
export function negativeBinomialTail(n: number, r: number, q: number, rest: number): number {
  if (n === 0 || rest === 0) return 1;
  if (q === 0) return 0;
  const logFront = logRising(r, n) - logRising(1, n) + n * Math.log(q) + r * Math.log(rest);
  const front = Math.exp(logFront);
  if (q < (n + 1) / (n + r + 2)) return front / fraction(n, r, q);
  return 1 - (front * n) / r / fraction(r, n, rest);
}

function fraction(a: number, b: number, x: number): number {
  let value = 1;
  let c = 1;
  let d = 0;
  for (let step = 1; step < MOST_STEPS; step += 1) {
    const coefficient = coefficientAt(step, a, b, x);
    d = 1 / away(1 + coefficient * d);
    c = away(1 + coefficient / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

function coefficientAt(step: number, a: number, b: number, x: number): number {
  const m = Math.floor(step / 2);
  const below = (a + step - 1) * (a + step);
  return step % 2 === 0 ? (m * (b - m) * x) / below : (-(a + m) * (a + b + m) * x) / below;
}

function away(value: number): number {
  return value === 0 ? TINY : value;
}
