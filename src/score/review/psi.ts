/**
 * Population stability index of two counts over the same bins: Σ (p − q) · ln (p / q), with p and q the
 * shares of a bin now and then. 0 for equal shares, symmetric, never below 0. A bin that is empty on
 * one side counts as half a customer there, for the logarithm of nothing is not finite; one that is empty on
 * both says nothing. `null` where one side has nobody.
 * Source: Siddiqi, Credit Risk Scorecards (2006), ch. 8; thresholds see `driftLevel`.
 */
export function stabilityIndex(then: readonly number[], now: readonly number[]): number | null {
  const [before, after] = [sum(then), sum(now)];
  if (before === 0 || after === 0) return null;
  return then.reduce((index, count, bin) => {
    const other = now[bin] ?? 0;
    if (count === 0 && other === 0) return index;
    const p = Math.max(other, 0.5) / after;
    const q = Math.max(count, 0.5) / before;
    return index + (p - q) * Math.log(p / q);
  }, 0);
}

/**
 * What the index is on average where nothing changed but who was drawn: (bins − 1) · (1/n + 1/m).
 * Source: Yurdakul & Naranjo, Statistical properties of the population stability index (2020).
 */
export function indexByChance(then: readonly number[], now: readonly number[]): number | null {
  const [before, after] = [sum(then), sum(now)];
  if (before === 0 || after === 0) return null;
  const bins = then.filter((count, bin) => count + (now[bin] ?? 0) > 0).length;
  return Math.max(0, bins - 1) * (1 / before + 1 / after);
}

/** By rule of thumb: below 0.1 steady, from 0.25 on large. */
export const driftLevels = ['steady', 'some', 'large'] as const;
export type DriftLevel = (typeof driftLevels)[number];

/** An index of no more than twice what chance gives is no drift: small bases move by themselves. */
export function driftLevel(index: number, byChance: number): DriftLevel {
  if (index < 0.1 || index <= 2 * byChance) return 'steady';
  return index < 0.25 ? 'some' : 'large';
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
