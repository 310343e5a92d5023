/** The limits on calls at work at the same time. */
export type ConcurrencyLimit = 'concurrency' | 'subConcurrency';

/** Where the org stands, and the most there has been. */
export interface ConcurrencyUse {
  readonly active: number;
  readonly complex: number;
  readonly peak: number;
  readonly complexPeak: number;
  /** Milliseconds of all calls' time added up: divided by a span, the concurrency used on average. */
  readonly busyMs: number;
}

/** Counts an org's calls at work, and the complex ones among them (facts §8). */
export class Concurrency {
  readonly #most: number;
  readonly #mostComplex: number;
  #active = 0;
  #complex = 0;
  #peak = 0;
  #complexPeak = 0;
  #busyMs = 0;

  constructor(most: number, mostComplex: number) {
    this.#most = most;
    this.#mostComplex = mostComplex;
  }

  /** Which limit would refuse one more call. */
  refusal(isComplex: boolean): ConcurrencyLimit | undefined {
    if (this.#active >= this.#most) return 'concurrency';
    return isComplex && this.#complex >= this.#mostComplex ? 'subConcurrency' : undefined;
  }

  /** A call begins its work; what is returned ends it, and counts once. */
  begin(isComplex: boolean): () => void {
    const complex = isComplex ? 1 : 0;
    // The machine's time: that of the sandbox may stand still or jump.
    const startedAt = performance.now();
    let isOver = false;
    this.#add(1, complex);
    return () => {
      if (isOver) return;
      isOver = true;
      this.#add(-1, -complex);
      this.#busyMs += performance.now() - startedAt;
    };
  }

  use(): ConcurrencyUse {
    return {
      active: this.#active,
      complex: this.#complex,
      peak: this.#peak,
      complexPeak: this.#complexPeak,
      busyMs: Math.round(this.#busyMs),
    };
  }

  #add(active: number, complex: number): void {
    this.#active += active;
    this.#complex += complex;
    this.#peak = Math.max(this.#peak, this.#active);
    this.#complexPeak = Math.max(this.#complexPeak, this.#complex);
  }
}
