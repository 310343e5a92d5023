/** Below this share of the sum a term no longer counts. */
const NEGLIGIBLE = 1e-19;
const FINEST_STEP = 2 ** -10;
const ACCURACY = 2e-15;

/** A function of p, the integral of which is wanted against a Beta density. */
type OfShare = {
  readonly valueAt: (p: number) => number;
  /** ln p below which the function is constant. */
  readonly flatBelow: number;
};

/** The Beta(a, b) density in v = ln(p / (1 − p)), scaled to 1 at its peak. */
type Density = { readonly a: number; readonly b: number; readonly peak: number };

/**
 * The mean of a positive, smooth function of p under Beta(a, b): the double-exponential rule
 * (Takahasi & Mori, Publ. RIMS 9 (1974) 721–741) on the logit of p, about the peak of the density.
 * The density is integrated by the same points, so that no Beta function is needed and nothing
 * cancels.
 */
export function betaMean(a: number, b: number, f: OfShare): number {
  const density = { a, b, peak: Math.log(a) - Math.log(b) };
  const scale = Math.min(1, Math.sqrt(1 / a + 1 / b));
  let mean = meanAtStep(density, f, scale, 1 / 8);
  for (let step = 1 / 16; step >= FINEST_STEP; step /= 2) {
    const finer = meanAtStep(density, f, scale, step);
    if (Math.abs(finer - mean) <= ACCURACY * finer) return finer;
    mean = finer;
  }
  return mean;
}

function meanAtStep(density: Density, f: OfShare, scale: number, step: number): number {
  const { logP: peakP, logQ: peakQ } = logShares(density.peak);
  let total = 0;
  let mass = 0;
  for (const direction of [1, -1])
    for (let at = direction === 1 ? 0 : 1; at * step < 700; at += 1) {
      const y = direction * at * step;
      const { logP, logQ } = logShares(density.peak + scale * Math.sinh(y));
      const exponent = density.a * (logP - peakP) + density.b * (logQ - peakQ);
      const weight = Math.exp(exponent) * Math.cosh(y);
      const term = weight * f.valueAt(Math.exp(logP));
      mass += weight;
      total += term;
      const isFlat = direction === 1 || logP < f.flatBelow;
      if (isFlat && weight <= NEGLIGIBLE * mass && term <= NEGLIGIBLE * total) break;
    }
  return total / mass;
}

/** ln p and ln (1 − p) of a logit, both to full precision. */
function logShares(logit: number): { readonly logP: number; readonly logQ: number } {
  const rest = Math.log1p(Math.exp(-Math.abs(logit)));
  return logit < 0 ? { logP: logit - rest, logQ: -rest } : { logP: -rest, logQ: -logit - rest };
}
