/**
 * At most `limit` calls in any span of `windowMs`: a true rolling window, kept as a ring of the
 * last `limit` times. The oldest one decides whether there is room, so a call costs O(1).
 */
export class SlidingWindow {
  readonly limit: number;
  readonly windowMs: number;
  readonly #times: Float64Array;
  #next = 0;

  constructor(limit: number, windowMs: number) {
    this.limit = limit;
    this.windowMs = windowMs;
    this.#times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  }

  hasRoom(now: number): boolean {
    return this.#oldest() <= now - this.windowMs;
  }

  /** Counts a call. Asking {@link hasRoom} first is the caller's part, who may hold several windows. */
  take(now: number): void {
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.limit;
  }

  /** How many more calls would be let through now. The ring is in order of time, so a search will do. */
  remaining(now: number): number {
    let low = 0;
    let high = this.limit;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#nth(middle) <= now - this.windowMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #oldest(): number {
    return this.#nth(0);
  }

  #nth(place: number): number {
    return this.#times[(this.#next + place) % this.limit] ?? Number.NEGATIVE_INFINITY;
  }
}
