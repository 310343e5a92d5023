import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeldTier } from '../../../src/domain/baseline.ts';
import type { TierMove } from '../../../src/domain/plan.ts';
import type { BrakeInput } from '../../../src/plan/guards/guard.ts';
import { holdsOf } from '../../../src/plan/guards/guards.ts';
import { aMove, anInput, aSight, usual } from './inputs.ts';

const tiers = ['gold', 'silver', 'bronze'] as const;
const size = fc.integer({ min: 0, max: 5_000 });
const minor = fc.integer({ min: 0, max: 10_000_000_000 });
const share = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100);

const heldTiers: fc.Arbitrary<readonly HeldTier[]> = fc
  .tuple(...tiers.map(() => fc.tuple(size, minor)))
  .map((all) => tiers.map((tier, at) => ({ tier, ...counted(all[at]) })));

function counted([customers = 0, netMinor = 0]: readonly [number?, number?] = []) {
  return { customers, netMinor };
}

/** Of a base so held: nobody moves who is not there. */
const world: fc.Arbitrary<BrakeInput> = fc
  .tuple(heldTiers, fc.array(fc.tuple(fc.nat(2), fc.nat(3), size), { maxLength: 9 }), share)
  .map(([held, steps, limit]) => {
    const left = new Map(held.map(({ tier, customers }) => [tier, customers]));
    const moves = steps.map(([from, to, wanted]): TierMove => {
      const tier = tiers[from] ?? 'gold';
      const customers = Math.min(wanted, left.get(tier) ?? 0);
      left.set(tier, (left.get(tier) ?? 0) - customers);
      return aMove(tier, tiers[to] ?? 'none', customers);
    });
    return anInput({ held, moves, brake: { ...usual, tierCustomers: limit } });
  });

describe('guards, whatever the base', () => {
  it('hold by customers exactly when more of them move than the limit allows', () => {
    fc.assert(
      fc.property(world, (input) => {
        const had = sum(input.held);
        const moved = sum(input.moves.filter(({ from, to }) => from !== to));
        const limit = input.brake.tierCustomers ?? 1;
        const isOver = had >= usual.leastCustomers && 100 * moved > Math.round(limit * 100) * had;
        expect(isHeld(input, 'tier-customers')).toBe(isOver);
      }),
    );
  });

  it('once they hold, hold as well when still more move', () => {
    fc.assert(
      fc.property(world, size, minor, (input, customers, netMinor) => {
        const more = {
          ...input,
          moves: [...input.moves, aMove('gold', 'bronze', customers, netMinor)],
        };
        for (const guard of ['tier-customers', 'tier-revenue'])
          if (isHeld(input, guard)) expect(isHeld(more, guard)).toBe(true);
      }),
    );
  });

  it('once they hold a fall, hold a deeper one', () => {
    fc.assert(
      fc.property(size, size, size, minor, minor, minor, (c, c1, c2, w, w1, w2) => {
        const before = aSight({ customers: c, wonMinor: w });
        const at = (customers: number, wonMinor: number) =>
          holdsOf(anInput({ before, now: aSight({ customers, wonMinor }) })).map(({ by }) => by);
        const [high, low] = [
          at(Math.max(c1, c2), Math.max(w1, w2)),
          at(Math.min(c1, c2), Math.min(w1, w2)),
        ];
        for (const guard of ['customers-fell', 'revenue-fell'] as const)
          if (high.includes(guard)) expect(low).toContain(guard);
      }),
    );
  });

  it('let any first run pass that has a won deal and records with something in them', () => {
    fc.assert(
      fc.property(
        size,
        size,
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        (customers, won, completeness) => {
          const now = aSight({ customers, wonDeals: won + 1, completeness });
          const moves = tiers.map((tier) => aMove('none', tier, customers));
          expect(holdsOf(anInput({ before: null, held: [], moves, now }))).toEqual([]);
        },
      ),
    );
  });

  it('say figures that are true', () => {
    fc.assert(
      fc.property(world, (input) => {
        const found = holdsOf(input).find(({ by }) => by === 'tier-customers');
        if (found === undefined) return;
        const [moved = 0, had = 1, percent = 0, limit = 0] = figuresOf(found.because);
        expect(had).toBe(sum(input.held));
        expect(moved).toBe(sum(input.moves.filter(({ from, to }) => from !== to)));
        expect(limit / 100).toBeCloseTo(input.brake.tierCustomers ?? 0, 10);
        expect(Math.abs(percent - (100 * moved) / had)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(percent).toBeGreaterThan(limit);
      }),
    );
  });
});

function isHeld(input: BrakeInput, guard: string): boolean {
  return holdsOf(input).some(({ by }) => by === guard);
}

function sum(all: readonly { readonly customers: number }[]): number {
  return all.reduce((total, { customers }) => total + customers, 0);
}

function figuresOf(text: string): readonly number[] {
  return (text.match(/\d[\d,.]*/g) ?? []).map((figure) =>
    Number(figure.replaceAll(',', '').replace(/\.$/, '')),
  );
}
