import type { Gaps } from '../gaps.ts';

/** The gaps between purchases, ready to be asked what one more would make of their medians. */
export class GapSet {
  readonly #sorted: Float64Array;

  /** Of days ascending. */
  constructor(days: readonly number[]) {
    const gaps = new Float64Array(Math.max(0, days.length - 1));
    for (let at = 0; at < gaps.length; at++) gaps[at] = (days[at + 1] ?? 0) - (days[at] ?? 0);
    this.#sorted = gaps.sort();
  }

  /** What `gapsOf` finds with one more gap. */
  with(gap: number): Gaps {
    const size = this.#sorted.length + 1;
    const place = this.#placeOf(gap);
    const middle = this.#middle(size, gap, place);
    const gapSpreadDays = size < 2 ? null : this.#spread(size, gap, place, middle);
    return { medianGapDays: middle, gapSpreadDays };
  }

  #placeOf(gap: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if ((this.#sorted[half] ?? 0) <= gap) low = half + 1;
      else high = half;
    }
    return low;
  }

  /** The value at `at` once `gap` stands at `place`. */
  #value(at: number, gap: number, place: number): number {
    if (at === place) return gap;
    return this.#sorted[at < place ? at : at - 1] ?? 0;
  }

  #middle(size: number, gap: number, place: number): number {
    const upper = this.#value(size >> 1, gap, place);
    if (size % 2 === 1) return upper;
    return (this.#value((size >> 1) - 1, gap, place) + upper) / 2;
  }

  /** Distances from the middle grow outwards: half of them are taken from inside, nearest first. */
  #spread(size: number, gap: number, place: number, middle: number): number {
    let right = size >> 1;
    let left = right - 1;
    let [before, last] = [0, 0];
    for (let taken = 0; taken <= size >> 1; taken++) {
      const below = left < 0 ? Infinity : middle - this.#value(left, gap, place);
      const above = right >= size ? Infinity : this.#value(right, gap, place) - middle;
      before = last;
      last = Math.min(below, above);
      if (below <= above) left -= 1;
      else right += 1;
    }
    return size % 2 === 1 ? last : (before + last) / 2;
  }
}
