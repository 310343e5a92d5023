import type { TierMove } from '../domain/plan.ts';
import { amountsOf, heldAmount } from './held-amount.ts';
import type { ScoredCustomer } from './scored-customer.ts';

const NO_TIER = 'none';

/** Customers and their net amount by the tier that the CRM holds and the tier of the score. */
export class TierMoves {
  readonly #moves = new Map<string, Required<TierMove>>();

  add(scored: ScoredCustomer): void {
    const { score, held } = scored;
    const from = held.value_tier ?? NO_TIER;
    const to = score.tier ?? NO_TIER;
    const key = `${from} ${to}`;
    const before = this.#moves.get(key);
    this.#moves.set(key, {
      from,
      to,
      customers: (before?.customers ?? 0) + 1,
      netMinor: (before?.netMinor ?? 0) + score.netAmount.minor,
      heldMinor: (before?.heldMinor ?? 0) + heldAmount(scored),
    });
  }

  /** Every pair that occurs, those who stay among them; most customers first. */
  build(): readonly TierMove[] {
    return [...this.#moves.values()]
      .map(({ netMinor, heldMinor, ...move }) => ({ ...move, ...amountsOf(netMinor, heldMinor) }))
      .sort(
        (one, other) =>
          other.customers - one.customers ||
          one.from.localeCompare(other.from, 'en') ||
          one.to.localeCompare(other.to, 'en'),
      );
  }
}
