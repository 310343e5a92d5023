import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from '../../../src/score/analysis/rand-index.ts';
import { type TierCheck, TierCheckBase } from '../../../src/score/analysis/tier-check.ts';
import { everyNumberIn } from '../every-number.ts';

type Given = readonly [number | null, number, number, string | null];

function checkOf(rows: readonly Given[]): TierCheck | null {
  const base = new TierCheckBase(['gold', 'bronze']);
  for (const [daysSinceLastOrder, ordersInWindow, netInWindow, tier] of rows)
    base.add({ daysSinceLastOrder, ordersInWindow, netInWindow }, tier);
  return base.build();
}

const good = Array.from({ length: 10 }, (_, at): Given => [at, 20 + at, 900_00 + at, 'gold']);
const poor = Array.from({ length: 30 }, (_, at): Given => [300 + at, 1, 9_00 + at, 'bronze']);

describe('the check of the tiers', () => {
  it('agrees with tiers that follow the customers', () => {
    const check = checkOf([...poor, ...good]);
    expect(check).toMatchObject({ customers: 40, tiers: ['gold', 'bronze'], agreement: 1 });
    expect(check?.clusters.map(({ byTier }) => byTier)).toEqual([
      [10, 0],
      [0, 30],
    ]);
    expect(check?.clusters[0]).toMatchObject({
      customers: 10,
      recencyDays: 5,
      is: { recency: 'high', frequency: 'high', monetary: 'high' },
    });
    expect(check?.clusters[0]?.orders).toBeCloseTo(24.3, 0);
    expect(check?.clusters[1]).toMatchObject({
      recencyDays: 315,
      orders: 1,
      is: { recency: 'low', frequency: 'low', monetary: 'low' },
    });
  });

  it('finds no agreement with tiers that do not', () => {
    const mixed = [...good, ...poor].map(
      ([days, orders, net], at): Given => [days, orders, net, at % 2 === 0 ? 'gold' : 'bronze'],
    );
    expect(Math.abs(checkOf(mixed)?.agreement ?? 1)).toBeLessThan(0.1);
  });

  it('leaves out who has no tier or never bought, and says nothing of too few', () => {
    const others: readonly Given[] = [
      [5, 1, 1_00, null],
      [5, 1, 1_00, 'of-old'],
      [null, 0, 0, 'gold'],
    ];
    expect(checkOf([...good, ...others])?.customers).toBe(10);
    expect(checkOf(good.slice(1))).toBeNull();
  });

  it('knows every number, whatever the customers and their order', () => {
    const anyRow = fc.tuple(
      fc.integer({ min: 0, max: 5_000 }),
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: -1_000_000, max: 100_000_000 }),
      fc.constantFrom('gold', 'bronze'),
    );
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), (rows) => {
        const check = checkOf(rows);
        expect(everyNumberIn(check, Number.isFinite)).toBe(true);
        expect(checkOf(rows.toReversed())).toEqual(check);
      }),
    );
  });
});

describe('the adjusted Rand index', () => {
  it('is 1 for the same partition under other names', () => {
    expect(
      adjustedRandIndex([
        [0, 5],
        [3, 0],
      ]),
    ).toBe(1);
  });

  it('is about 0 for partitions that know nothing of each other', () => {
    expect(
      adjustedRandIndex([
        [250, 250],
        [250, 250],
      ]),
    ).toBeCloseTo(0, 2);
  });

  it('is as Hubert and Arabie have it', () => {
    const table = [
      [1, 1, 0],
      [1, 2, 1],
      [0, 0, 4],
    ];
    // Pairs together 7; in rows 13, in columns 14, of 45.
    expect(adjustedRandIndex(table)).toBeCloseTo(
      (7 - (13 * 14) / 45) / (13.5 - (13 * 14) / 45),
      12,
    );
  });

  it('is 1 where partitions cannot differ', () => {
    expect(adjustedRandIndex([])).toBe(1);
    expect(adjustedRandIndex([[1]])).toBe(1);
    expect(adjustedRandIndex([[7]])).toBe(1);
  });
});
