import type { TierMove } from '../domain/plan.ts';
import type { Policy } from '../policy/schema.ts';
import type { ReviewRow } from '../store/review-store.ts';
import type { MovedTier, ReviewMoves } from './review-report.ts';

/** Adds up who is in another tier than at the last review. */
export class TierMoveSums {
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #rising: MovedTier[] = [];
  readonly #falling: MovedTier[] = [];
  readonly #matrix = new Map<string, TierMove>();
  #newcomers = 0;

  constructor({ tiers }: Pick<Policy, 'tiers'>) {
    this.#ranks = new Map(tiers.classes.map(({ key }, at) => [key, at]));
  }

  add({ customer, isKnown, tierBefore: from, tier: to, netMinor }: ReviewRow): void {
    if (!isKnown) {
      this.#newcomers += 1;
      return;
    }
    this.#count(from ?? 'none', to ?? 'none', netMinor);
    if (from === to) return;
    const isRising = this.#rank(to) < this.#rank(from);
    (isRising ? this.#rising : this.#falling).push({ customer, from, to });
  }

  build(): ReviewMoves {
    return {
      ...{ rising: this.#rising, falling: this.#falling, newcomers: this.#newcomers },
      matrix: [...this.#matrix.values()],
    };
  }

  /** Of a tier that the policy has no more, as of none. */
  #rank(tier: string | null): number {
    return this.#ranks.get(tier ?? '') ?? this.#ranks.size;
  }

  #count(from: string, to: string, minor: number): void {
    const place = `${from} ${to}`;
    const { customers, netMinor } = this.#matrix.get(place) ?? { customers: 0, netMinor: 0 };
    const sum = { from, to, customers: customers + 1, netMinor: netMinor + minor };
    this.#matrix.set(place, sum);
  }
}
