import type { KeyAccountCut } from '../policy/cut-points.ts';

/**
 * The smallest set of customers who hold `share` of all positive net amounts, equal amounts never
 * parted, with what they really hold: 80/20 is reported, not forced [A9]. `sorted` are the net amounts
 * of the base ascending; `null` where nobody's is above 0.
 */
export function keyAccountCut(sorted: Float64Array, share: number): KeyAccountCut | null {
  const total = netFrom(sorted, 0);
  if (total === 0) return null;
  // A hair of slack: shares of whole amounts are seldom whole.
  const wanted = share * total * (1 - 1e-12);
  let [held, at] = [0, sorted.length];
  while (held < wanted && at > 0) {
    at -= 1;
    held += Math.max(0, sorted[at] ?? 0);
  }
  const fromMinor = sorted[at] ?? 0;
  while (at > 0 && sorted[at - 1] === fromMinor) at -= 1;
  const customers = sorted.length - at;
  return {
    fromMinor,
    customers,
    shareOfCustomers: customers / sorted.length,
    shareOfNet: netFrom(sorted, at) / total,
  };
}

/** From the largest down, so that it does not depend on anything but the amounts. */
function netFrom(sorted: Float64Array, from: number): number {
  let net = 0;
  for (let at = sorted.length - 1; at >= from; at -= 1) net += Math.max(0, sorted[at] ?? 0);
  return net;
}
