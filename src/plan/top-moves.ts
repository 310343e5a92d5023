import type { PlanMove } from '../domain/plan.ts';
import type { Score } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { reasonText } from '../score/reason.ts';
import type { ScoredCustomer } from './scored-customer.ts';

/** So many are shown. */
const most = 10;

type Move = { readonly score: Score; readonly from: string | null };

/**
 * Of the customers that stream by those whose tier would change against what the CRM holds, the ten
 * with the largest net amounts, refunds counted as much as sales. Who is of the same size comes by id.
 */
export class TopMoves {
  readonly #top: Move[] = [];

  add({ score, held }: ScoredCustomer): void {
    const from = held.value_tier ?? null;
    if (from === score.tier) return;
    const move = { score, from };
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
}

function bySize(one: Move, other: Move): number {
  const [left, right] = [one.score, other.score];
  const bigger = Math.abs(right.netAmount.minor) - Math.abs(left.netAmount.minor);
  return bigger !== 0 ? bigger : left.customerId < right.customerId ? -1 : 1;
}
