const dayMs = 86_400_000;

interface Use {
  readonly at: number;
  readonly credits: number;
}

/** Credits on a rolling day: each returns 24 hours after its use (facts §8). */
export class Credits {
  readonly limit: number;
  #uses: Use[] = [];
  #first = 0;
  #used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  take(credits: number, now: number): void {
    if (credits === 0) return;
    this.#return(now);
    this.#uses.push({ at: now, credits });
    this.#used += credits;
  }

  used(now: number): number {
    this.#return(now);
    return this.#used;
  }

  remaining(now: number): number {
    return Math.max(0, this.limit - this.used(now));
  }

  hasRoomFor(credits: number, now: number): boolean {
    return this.used(now) + credits <= this.limit;
  }

  /** Whether half of the day's credits are gone: from then on answers tell what is left (facts §8). */
  isHalfUsed(now: number): boolean {
    return this.used(now) * 2 >= this.limit;
  }

  #return(now: number): void {
    for (let use = this.#uses[this.#first]; use !== undefined; use = this.#uses[this.#first]) {
      if (use.at > now - dayMs) break;
      this.#used -= use.credits;
      this.#first += 1;
    }
    // Dropped now and then, not one by one, which would copy the rest each time.
    if (this.#first > 10_000) {
      this.#uses = this.#uses.slice(this.#first);
      this.#first = 0;
    }
  }
}
