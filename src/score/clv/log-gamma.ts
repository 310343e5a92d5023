/** Where Stirling's series is exact to double precision. */
export const STIRLING_FROM = 16;

const HALF_LOG_TWO_PI = 0.918_938_533_204_672_7;
const EULER_GAMMA = 0.577_215_664_901_532_9;

/** ζ(k) − 1 for k = 2, 3, … (Abramowitz & Stegun, table 23.3). */
const zetaRests = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993,
  0.01734306198444914, 0.008349277381922827, 0.00407735619794434, 0.0020083928260822143,
  0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
  6.124813505870483e-5, 3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6,
  3.81729326499984e-6, 1.908212716553939e-6, 9.539620338727962e-7, 4.769329867878064e-7,
  2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8,
  1.4901554828365043e-8, 7.45071178983543e-9, 3.725334024788457e-9, 1.862659723513049e-9,
] as const;

/**
 * ln Γ(x) for x > 0, to about 1e-15 relative, its zeros at 1 and 2 included. Taylor's series about 2
 * (Abramowitz & Stegun 6.1.33), the recurrence up to 16, Stirling's series from there (6.1.41).
 */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(1 + x) - Math.log(x);
  if (x < 1.5) return aboutTwo(x - 1) - Math.log1p(x - 1);
  if (x <= 2.5) return aboutTwo(x - 2);
  if (x < STIRLING_FROM) return stepDown(x);
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingRest(x);
}

/** ln Γ(2 + e) for |e| ≤ 1/2. */
function aboutTwo(e: number): number {
  let sum = 0;
  for (let at = zetaRests.length - 1; at >= 0; at -= 1)
    sum = -e * (sum + (zetaRests[at] ?? 0) / (at + 2));
  return e * (1 - EULER_GAMMA - sum);
}

function stepDown(x: number): number {
  let product = 1;
  let rest = x;
  while (rest > 2.5) {
    rest -= 1;
    product *= rest;
  }
  return Math.log(product) + aboutTwo(rest - 2);
}

/** What Stirling's formula leaves out of ln Γ(x), for x ≥ 16. */
export function stirlingRest(x: number): number {
  const y = 1 / (x * x);
  return (
    (1 / 12 -
      y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360_360)))))) /
    x
  );
}
