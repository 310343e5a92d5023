import type { PlanMove } from '../domain/plan.ts';
import type { Score } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { reasonText } from '../score/reason.ts';
import type { ScoredCustomer } from './scored-customer.ts';

/** So many are shown. */
const most = 10;

type Move = { readonly score: Score; readonly from: string | null; readonly steps: number };

/**
 * Of the customers that stream by those whose tier would change against what the CRM holds, the ten
 * with the largest net amounts, refunds counted as much as sales. Of the same size comes first who moves
 * further: where a whole base loses its revenue, the best. Then by id.
 */
export class TopMoves {
  readonly #tiers: readonly string[];
  readonly #top: Move[] = [];

  /** The policy's tiers, best first. */
  constructor(tiers: readonly string[]) {
    this.#tiers = tiers;
  }

  add({ score, held }: ScoredCustomer): void {
    const from = held.value_tier ?? null;
    if (from === score.tier) return;
    const move = { score, from, steps: Math.abs(this.#rank(from) - this.#rank(score.tier)) };
    const last = this.#top.at(-1);
    if (last !== undefined && this.#top.length === most && bySize(last, move) <= 0) return;
    const at = this.#top.findIndex((other) => bySize(other, move) > 0);
    this.#top.splice(at === -1 ? this.#top.length : at, 0, move);
    if (this.#top.length > most) this.#top.pop();
  }

  /** The largest first; only these few are put into words. */
  build(policy: Policy, language: Language): readonly PlanMove[] {
    return this.#top.map(({ score, from }) => ({
      ...{ customerId: score.customerId, from, to: score.tier },
      netMinor: score.netAmount.minor,
      reason: reasonText(score, policy, language),
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
  const [left, right] = [one.score, other.score];
  const bigger = Math.abs(right.netAmount.minor) - Math.abs(left.netAmount.minor);
  if (bigger !== 0) return bigger;
  if (one.steps !== other.steps) return other.steps - one.steps;
  return left.customerId < right.customerId ? -1 : 1;
}
