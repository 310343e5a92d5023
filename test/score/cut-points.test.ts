import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signals } from '../../src/domain/score.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { cutsVersion, policyVersion } from '../../src/policy/version.ts';
import { BaseColumns } from '../../src/score/base-columns.ts';
import { basicScoreOf } from '../../src/score/basic-score.ts';
import { findCutPoints } from '../../src/score/cut-points.ts';
import { anyBase } from './arbitraries.ts';
import { cutsOf, quantilePolicy } from './base.ts';
import { AS_OF, allKnown, signals, timelineOf, won } from './builders.ts';
import { policy } from './default-policy.ts';
import { everyNumberIn } from './every-number.ts';

const allColumns = ['recency', 'frequency', 'monetary', 'spend', 'tiers'];

/** `size` customers, no two alike. */
function variedBase(size: number): readonly Signals[] {
  return Array.from({ length: size }, (_, at) => {
    const days = Array.from(
      { length: 1 + (at % 9) },
      (_, back) => `2011-0${9 - back}-${10 + (at % 17)}`,
    );
    return signals(days.map((day) => won(day, 10_00 + at * 3_00)));
  });
}

function tierSizes(base: readonly Signals[], rules: Policy = policy): Record<string, number> {
  const cuts = cutsOf(base, rules);
  const sizes: Record<string, number> = {};
  for (const one of base) {
    const tier = basicScoreOf(one, cuts, rules).tier ?? 'none';
    sizes[tier] = (sizes[tier] ?? 0) + 1;
  }
  return sizes;
}

describe('cut points', () => {
  it('name what they were found on', () => {
    const cuts = cutsOf(variedBase(40));
    expect(cuts).toMatchObject({ base: 40, foundOn: AS_OF, currency: 'GBP', fixed: [] });
    expect(cuts.policyVersion).toBe(policyVersion(policy));
    expect(cuts.cutsVersion).toBe(cutsVersion(policy));
    expect(cuts.tiers.map(({ key }) => key)).toEqual(['platinum', 'gold', 'silver', 'bronze']);
  });

  it.each([0, 1, 2, 8, 29])('are the fixed ones for a base of %i', (size) => {
    expect(cutsOf(variedBase(size))).toMatchObject({
      base: size,
      fixed: allColumns,
      recencyDays: [30, 90, 180, 365],
      frequency: [2, 3, 5, 10],
      monetary: [100_00, 500_00, 1000_00, 5000_00],
      tiers: [
        { key: 'platinum', from: 80 },
        { key: 'gold', from: 60 },
        { key: 'silver', from: 40 },
        { key: 'bronze', from: 0 },
      ],
    });
  });

  it('are the fixed ones when all customers are equal: they rank nobody', () => {
    const equal = Array.from({ length: 50 }, () => signals([won('2011-11-01', 120_00)]));
    expect(cutsOf(equal)).toMatchObject({ base: 50, fixed: allColumns });
  });

  it('are the fixed ones where the policy says so', () => {
    const rules: Policy = {
      ...policy,
      rfm: { ...policy.rfm, mode: 'fixed' },
      tiers: { ...policy.tiers, mode: 'fixed' },
    };
    expect(cutsOf(variedBase(40), rules).fixed).toEqual(allColumns);
  });

  it('give fixed amounts in minor units of the currency', () => {
    const yen = findCutPoints(
      new BaseColumns({ policy, homeCurrency: 'JPY', coverage: allKnown }),
      AS_OF,
    );
    expect(yen.monetary).toEqual([100, 500, 1000, 5000]);
  });

  it('leave out who did not buy in the window', () => {
    expect(cutsOf([signals([]), signals([won('2009-01-01', 1)])]).base).toBe(0);
  });

  it('give each tier its share of the base at most, and somebody the highest', () => {
    const sizes = tierSizes(variedBase(400));
    expect(sizes['platinum']).toBeGreaterThan(0);
    expect(sizes['platinum']).toBeLessThanOrEqual(20);
    expect((sizes['platinum'] ?? 0) + (sizes['gold'] ?? 0)).toBeLessThanOrEqual(80);
    expect(sizes['bronze']).toBeGreaterThanOrEqual(200);
  });

  it('leave the top reachable however many share it', () => {
    const regular = signals(['2011-09-10', '2011-10-10', '2011-11-10'].map((on) => won(on, 90_00)));
    const once = signals([won('2011-03-01', 5_00)]);
    const sizes = tierSizes([
      ...Array<Signals>(70).fill(regular),
      ...Array<Signals>(30).fill(once),
    ]);
    expect(sizes).toEqual({ platinum: 70, bronze: 30 });
  });

  it('do not depend on the order of the customers', () => {
    fc.assert(
      fc.property(anyBase, (base) => {
        expect(cutsOf(base.toReversed(), quantilePolicy)).toEqual(cutsOf(base, quantilePolicy));
      }),
    );
  });

  it('are finite and rise, in any base', () => {
    fc.assert(
      fc.property(anyBase, (base) => {
        const cuts = cutsOf(base, quantilePolicy);
        expect(everyNumberIn(cuts, Number.isFinite)).toBe(true);
        for (const column of [cuts.recencyDays, cuts.frequency, cuts.monetary, cuts.spend])
          expect(column).toEqual(column.toSorted((one, other) => one - other));
        expect(cuts.tiers.at(-1)?.from).toBe(0);
      }),
    );
  });

  it('let the best of any base reach 5 in R, F and M', () => {
    fc.assert(
      fc.property(anyBase, (base) => {
        const cuts = cutsOf(base, quantilePolicy);
        const scored = base
          .filter(({ ordersInWindow }) => ordersInWindow > 0)
          .map((one) => basicScoreOf(one, cuts, quantilePolicy).rfm);
        const best = (score: 'recency' | 'frequency' | 'monetary'): number =>
          Math.max(...scored.map((rfm) => rfm?.[score] ?? 0));
        if (!cuts.fixed.includes('recency')) expect(best('recency')).toBe(5);
        if (!cuts.fixed.includes('frequency')) expect(best('frequency')).toBe(5);
        if (!cuts.fixed.includes('monetary')) expect(best('monetary')).toBe(5);
      }),
    );
  });

  it('hold eight bytes a customer and column, and grow', () => {
    const columns = new BaseColumns({ policy, homeCurrency: 'GBP', coverage: allKnown });
    const one = signals([won('2011-11-01', 1)]);
    for (let at = 0; at < 3_000; at += 1) columns.add(one, timelineOf(one));
    expect(columns.size).toBe(3_000);
    expect(columns.netMinor.values().byteLength).toBe(3_000 * 8);
  });
});
