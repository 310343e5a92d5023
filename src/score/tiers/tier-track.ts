/** Moves between tiers; coming into a tier for the first time, or out of all, is none. */
export type TierTracks = {
  readonly up: number;
  readonly down: number;
  /** Falls that were undone within 90 days. */
  readonly flips: number;
  /** Customers who moved at all. */
  readonly moved: number;
  /** Share of the scorings that gave a tier in which it was above what the value gave, 0–1. */
  readonly heldShare: number;
};

const FLIP_DAYS = 90;

/** Counts the moves of one customer after another. */
export class TierTrack {
  #up = 0;
  #down = 0;
  #flips = 0;
  #moved = 0;
  #held = 0;
  #tiered = 0;
  #rank: number | null = null;
  #fellOn = Number.NEGATIVE_INFINITY;
  #hasMoved = false;

  /** The next customer. */
  begin(): void {
    this.#rank = null;
    this.#fellOn = Number.NEGATIVE_INFINITY;
    this.#hasMoved = false;
  }

  /** The customer's tier on a day, 0 the highest. */
  add(day: number, rank: number | null, isHeld: boolean): void {
    if (rank !== null) this.#tiered += 1;
    if (isHeld) this.#held += 1;
    if (rank !== null && this.#rank !== null && rank !== this.#rank)
      this.#move(day, rank, this.#rank);
    this.#rank = rank;
  }

  build(): TierTracks {
    const heldShare = this.#tiered === 0 ? 0 : this.#held / this.#tiered;
    return {
      up: this.#up,
      down: this.#down,
      flips: this.#flips,
      moved: this.#moved,
      heldShare: Math.round(heldShare * 10_000) / 10_000,
    };
  }

  #move(day: number, rank: number, from: number): void {
    if (!this.#hasMoved) this.#moved += 1;
    this.#hasMoved = true;
    if (rank > from) {
      this.#down += 1;
      this.#fellOn = day;
      return;
    }
    this.#up += 1;
    if (day - this.#fellOn <= FLIP_DAYS) this.#flips += 1;
    this.#fellOn = Number.NEGATIVE_INFINITY;
  }
}
