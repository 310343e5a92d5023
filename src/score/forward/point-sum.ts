import { mostPoints } from '../combine.ts';

/** Stands for a share or score that is unknown. */
export const UNKNOWN = -1;

/** `combine` without its reasons: the same score and confidence from shares alone. */
export class PointSum {
  readonly #weights: readonly number[];
  readonly #most = new Map<number, readonly number[]>();

  constructor(weights: readonly number[]) {
    this.#weights = weights.map((weight) => Math.max(0, weight));
  }

  /** 0–100 from shares of 0–1, or `UNKNOWN`; `UNKNOWN` when nothing that has weight is known. */
  score(shares: readonly number[]): number {
    const most = this.#mostOf(this.#known(shares));
    if (most.length === 0) return UNKNOWN;
    let sum = 0;
    for (let at = 0; at < shares.length; at++) {
      const of = most[at] ?? 0;
      if (of > 0) sum += of * (shares[at] ?? 0);
    }
    return Math.round(sum);
  }

  /** Share of the weight that rests on known facts, in hundredths. */
  confidence(shares: readonly number[], sure: readonly number[]): number {
    let [known, total] = [0, 0];
    for (let at = 0; at < shares.length; at++) {
      const weight = this.#weights[at] ?? 0;
      total += weight;
      if ((shares[at] ?? UNKNOWN) >= 0) known += weight * (sure[at] ?? 0);
    }
    return Math.round((100 * known) / total) / 100;
  }

  /** A bit for each part that is known and has weight. */
  #known(shares: readonly number[]): number {
    let mask = 0;
    for (let at = 0; at < shares.length; at++)
      if ((shares[at] ?? UNKNOWN) >= 0 && (this.#weights[at] ?? 0) > 0) mask |= 1 << at;
    return mask;
  }

  #mostOf(mask: number): readonly number[] {
    const found = this.#most.get(mask);
    if (found !== undefined) return found;
    const most = this.#share(mask);
    this.#most.set(mask, most);
    return most;
  }

  #share(mask: number): readonly number[] {
    if (mask === 0) return [];
    const isKnown = (at: number): boolean => (mask & (1 << at)) !== 0;
    const most = mostPoints(this.#weights.filter((_, at) => isKnown(at)));
    let next = 0;
    return this.#weights.map((_, at) => (isKnown(at) ? (most[next++] ?? 0) : 0));
  }
}
