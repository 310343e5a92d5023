import type { HeldTier, Sight } from '../domain/baseline.ts';
import type { Hold } from '../domain/hold.ts';
import type { PlanSummary } from '../domain/plan.ts';
import { holdsOf } from '../plan/guards/guards.ts';
import type { ScoredCustomer } from '../store/store.ts';
import type { RunContext } from './context.ts';

/** What guards look at besides the plan, as it would be once the base was scored by a draft. */
export class SimulatedSight {
  readonly #tiers = new Map<string, HeldTier>();
  #customers = 0;
  #completeness = 0;

  add({ score, held }: ScoredCustomer): void {
    this.#customers += 1;
    this.#completeness += score.quality.completeness;
    const tier = held.value_tier ?? null;
    if (tier === null) return;
    const { customers = 0, netMinor = 0 } = this.#tiers.get(tier) ?? {};
    const net = Math.max(0, score.netAmount.minor);
    this.#tiers.set(tier, { tier, customers: customers + 1, netMinor: netMinor + net });
  }

  get heldTiers(): readonly HeldTier[] {
    return [...this.#tiers.values()].toSorted((one, other) => (one.tier < other.tier ? -1 : 1));
  }

  /** Mean, 0–1; `null` for an empty base. */
  get completeness(): number | null {
    return this.#customers === 0 ? null : this.#completeness / this.#customers / 100;
  }
}

/** The guards that would hold the plan of a draft; nothing is kept of what they saw. */
export async function simulatedHolds(
  { connection, store, writes }: RunContext,
  { tierMoves }: PlanSummary,
  seen: SimulatedSight,
): Promise<readonly Hold[]> {
  const stored = await store.baselines.look(connection);
  const now: Sight = { ...stored, completeness: seen.completeness };
  const moves = tierMoves.filter(({ from, to }) => from !== to);
  const before = await store.baselines.last(connection);
  return holdsOf({ brake: writes.brake, held: seen.heldTiers, moves, now, before });
}
