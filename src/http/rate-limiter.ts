import type { Rate } from './http-input.ts';

/** Callers kept in mind; whoever is full again is forgotten first. */
const maxCallers = 10_000;

type Bucket = { readonly tokens: number; readonly at: number };

/** Lets each caller have so much a second, and a burst at once. */
export class RateLimiter {
  readonly #rate: Rate;
  readonly #now: () => number;
  #buckets = new Map<string, Bucket>();

  /** `now`: epoch ms. */
  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Takes one for `caller`. @returns 0, or the ms to wait when there is none. */
  take(caller: string): number {
    const tokens = this.#left(caller);
    if (tokens < 1) return ((1 - tokens) / this.#rate.perSecond) * 1_000;
    this.#keep(caller, tokens - 1);
    return 0;
  }

  /** Takes more away: whoever sends what is worth nothing may send less of it. */
  fine(caller: string, tokens: number): void {
    this.#keep(caller, Math.max(this.#left(caller) - tokens, -this.#rate.burst));
  }

  #left(caller: string): number {
    const { perSecond, burst } = this.#rate;
    const bucket = this.#buckets.get(caller);
    if (bucket === undefined) return burst;
    // A clock that was set back gives nothing, and takes nothing.
    const seconds = Math.max(0, this.#now() - bucket.at) / 1_000;
    return Math.min(burst, bucket.tokens + seconds * perSecond);
  }

  // Put in anew, so that those who have not come for longest stand in front.
  #keep(caller: string, tokens: number): void {
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { tokens, at: this.#now() });
    if (this.#buckets.size > maxCallers) this.#forget();
  }

  #forget(): void {
    const full = [...this.#buckets.keys()].filter(
      (caller) => this.#left(caller) >= this.#rate.burst,
    );
    for (const caller of full) this.#buckets.delete(caller);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > maxCallers && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
