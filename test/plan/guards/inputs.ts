import type { Sight } from '../../../src/domain/baseline.ts';
import type { GuardName } from '../../../src/domain/hold.ts';
import type { TierMove } from '../../../src/domain/plan.ts';
import { type BrakeSettings, defaultWrites } from '../../../src/domain/write-settings.ts';
import type { BrakeInput } from '../../../src/plan/guards/guard.ts';
import { holdsOf } from '../../../src/plan/guards/guards.ts';

export const usual: BrakeSettings = defaultWrites.brake;

export function aSight(values: Partial<Sight> = {}): Sight {
  return {
    customers: 1_000,
    wonDeals: 4_000,
    wonMinor: 100_000_000,
    homeCurrency: 'GBP',
    wonByCurrency: { GBP: 100_000_000 },
    completeness: 0.8,
    ...values,
  };
}

/** A base as it was, of which nothing changes. */
export function anInput(values: Partial<BrakeInput> = {}): BrakeInput {
  return {
    brake: usual,
    held: [
      { tier: 'gold', customers: 200, netMinor: 60_000_000 },
      { tier: 'silver', customers: 600, netMinor: 40_000_000 },
    ],
    moves: [],
    now: aSight(),
    before: aSight(),
    ...values,
  };
}

export function aMove(from: string, to: string, customers: number, netMinor = 0): TierMove {
  return { from, to, customers, netMinor };
}

/** Guards that hold it. */
export function heldBy(values: Partial<BrakeInput>): readonly string[] {
  return holdsOf(anInput(values)).map(({ by }) => by);
}

export function sentence(guard: GuardName, values: Partial<BrakeInput>): string | undefined {
  return holdsOf(anInput(values)).find(({ by }) => by === guard)?.because;
}
