import { type PlanMove, stakeOf } from '../domain/plan.ts';
import type { Score } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { reasonText } from '../score/reason.ts';
import { amountsOf, heldAmount } from './held-amount.ts';
import type { ScoredCustomer } from './scored-customer.ts';

/** So many are shown. */
const most = 10;

type Move = {
  readonly score: Score;
  readonly from: string | null;
  readonly steps: number;
  readonly heldMinor: number;
};

/**
 * Of the customers that stream by those whose tier would change against what the CRM holds, the ten
 * with the largest net amounts, before or after, refunds counted as much as sales. Of the same size comes
 * first who moves further, then by id.
 */
export class TopMoves {
  readonly #tiers: readonly string[];
  readonly #top: Move[] = [];

  /** The policy's tiers, best first. */
  constructor(tiers: readonly string[]) {
    this.#tiers = tiers;
  }

  add(scored: ScoredCustomer): void {
    const { score, held } = scored;
    const from = held.value_tier ?? null;
    if (from === score.tier) return;
    const steps = Math.abs(this.#rank(from) - this.#rank(score.tier));
    const move = { score, from, steps, heldMinor: heldAmount(scored) };
    const last = this.#top.at(-1);
    if (last !== undefined && this.#top.length === most && bySize(last, move) <= 0) return;
    const at = this.#top.findIndex((other) => bySize(other, move) > 0);
    this.#top.splice(at === -1 ? this.#top.length : at, 0, move);
    if (this.#top.length > most) this.#top.pop();
  }

  /** The largest first; only these few are put into words. */
  build(policy: Policy, language: Language): readonly PlanMove[] {
    return this.#top.map((move) => ({
      ...{ customerId: move.score.customerId, from: move.from, to: move.score.tier },
      ...amountsIn(move),
      reason: reasonText(move.score, policy, language),
    }));
  }

  /** No tier, or one that the policy no longer has, is below all. */
  #rank(tier: string | null): number {
    const at = tier === null ? -1 : this.#tiers.indexOf(tier);
    return at === -1 ? this.#tiers.length : at;
  }
}

/** Who moves more comes first. */
function bySize(one: Move, other: Move): number {
  const bigger = stakeOf(amountsIn(other)) - stakeOf(amountsIn(one));
  if (bigger !== 0) return bigger;
  if (one.steps !== other.steps) return other.steps - one.steps;
  return one.score.customerId < other.score.customerId ? -1 : 1;
}

function amountsIn({ score, heldMinor }: Move) {
  return amountsOf(score.netAmount.minor, heldMinor);
}
