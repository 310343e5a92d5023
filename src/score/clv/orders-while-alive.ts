import { betaMean } from './beta-mean.ts';

/** Nearer to 1 the series is long. */
const LARGEST_Z = 0.95;
const MOST_TERMS = 4_000;
/** Beyond, terms are about to be no numbers. */
const LARGEST_SIZE = 1e300;
/** More than three lost digits and the integral is taken instead. */
const WORST_CANCELLATION = 1e-3;

/** A customer who is still one, and how far we look. */
type Alive = {
  /** Shape of the customer's order rate: r + x. */
  readonly s: number;
  readonly a: number;
  /** Second parameter of the Beta of its chance to leave. */
  readonly b: number;
  /** Horizon over α + T. */
  readonly w: number;
};

/**
 * Expected orders within the horizon of a customer who is still one (Fader, Hardie & Lee 2005,
 * eq. 10, without P(alive)). Their ₂F₁ by Euler's transformation, from which the power that makes
 * it 0 · ∞ or 0 / 0 is gone; by its integral where that series is long or cancels. Never NaN;
 * infinite only for an infinite horizon.
 */
export function ordersWhileAlive(customer: Alive): number {
  const { s, a, b, w } = customer;
  if (a === 0 || w === 0) return s * w;
  if (w === Number.POSITIVE_INFINITY) return a > 1 ? (a + b - 1) / (a - 1) : w;
  return bySeries(customer) ?? byIntegral(customer);
}

/** `null` where it would not be accurate. */
function bySeries({ s, a, b, w }: Alive): number | null {
  const z = w / (1 + w);
  if (z > LARGEST_Z) return null;
  const logRest = -Math.log1p(w);
  const c = a + b - 1;
  const first = c * powerRatio(a - 1, logRest);
  const { sum, size } = eulerSeries(c - s, a, c, z);
  const factor = Math.exp((a - 1) * logRest);
  const orders = first - factor * sum;
  const largest = Math.max(Math.abs(first), factor * size);
  return orders > WORST_CANCELLATION * largest ? orders : null;
}

/** (1 − e^(d·logRest)) / d, and its limit at d = 0. */
function powerRatio(d: number, logRest: number): number {
  return d === 0 ? -logRest : -Math.expm1(d * logRest) / d;
}

/** Σ over n ≥ 1 of (A)ₙ (a)ₙ₋₁ zⁿ / ((c + 1)ₙ₋₁ n!), and the sum of the sizes of its terms. */
function eulerSeries(A: number, a: number, c: number, z: number) {
  let term = A * z;
  let sum = term;
  let size = Math.abs(term);
  for (let n = 1; n < MOST_TERMS && size < LARGEST_SIZE; n += 1) {
    const ratio = ((A + n) * (a + n - 1) * z) / ((c + n) * (n + 1));
    term *= ratio;
    sum += term;
    size += Math.abs(term);
    if (Math.abs(ratio) < 0.99 && Math.abs(term) <= 1e-18 * size) return { sum, size };
  }
  return { sum, size: Number.POSITIVE_INFINITY };
}

/** E over p of (1 − (1 + p·w)^−s) / p. */
function byIntegral({ s, a, b, w }: Alive): number {
  const limit = s * w;
  const valueAt = (p: number): number =>
    (s + 1) * p * w < 1e-16 ? limit : -Math.expm1(-s * Math.log1p(p * w)) / p;
  return betaMean(a, b, { valueAt, flatBelow: -Math.log(Math.max(1, (s + 1) * w)) });
}
