import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Column } from '../../../src/score/column.ts';
import { binned, tenths } from '../../../src/score/review/bins.ts';
import { driftLevel, indexByChance, stabilityIndex } from '../../../src/score/review/psi.ts';

const counts = fc
  .array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1, maxLength: 12 })
  .map((pairs) => [pairs.map(([then]) => then), pairs.map(([, now]) => now)] as const)
  .filter(([then, now]) => then.some((one) => one > 0) && now.some((one) => one > 0));

describe('the population stability index', () => {
  it('is as computed by hand', () => {
    // (0.3 − 0.5) ln (0.3/0.5) + (0.7 − 0.5) ln (0.7/0.5) = 0.102165 + 0.067294
    expect(stabilityIndex([50, 50], [30, 70])).toBeCloseTo(0.16946, 6);
    // Shares 0.2, 0.3, 0.5 against 0.1, 0.3, 0.6: 0.069315 + 0 + 0.018232
    expect(stabilityIndex([10, 30, 60], [20, 30, 50])).toBeCloseTo(0.087547, 6);
  });

  it('takes an empty bin for half a customer, and one that is empty on both days for nothing', () => {
    // (0.9 − 1) ln 0.9 + (0.1 − 0.005) ln (0.1/0.005)
    expect(stabilityIndex([100, 0], [90, 10])).toBeCloseTo(0.010536 + 0.284595, 5);
    expect(stabilityIndex([50, 0, 50], [30, 0, 70])).toBeCloseTo(0.16946, 5);
  });

  it('says nothing where there is nobody', () => {
    expect(stabilityIndex([0, 0], [1, 2])).toBeNull();
    expect(indexByChance([1, 2], [0, 0])).toBeNull();
  });

  it('is never below 0, and the same from either day', () => {
    fc.assert(
      fc.property(counts, ([then, now]) => {
        const index = stabilityIndex(then, now) ?? -1;
        expect(index).toBeGreaterThanOrEqual(0);
        expect(stabilityIndex(now, then)).toBeCloseTo(index, 9);
      }),
    );
  });

  it('is 0 for equal shares, whatever the size', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), ([then], times) => {
        const more = then.map((one) => one * times);
        expect(stabilityIndex(then, more)).toBeCloseTo(0, 9);
      }),
    );
  });

  it('is no drift where chance gives as much', () => {
    expect(driftLevel(0.3, 0.2)).toBe('steady');
    expect([0.09, 0.1, 0.249, 0.25].map((index) => driftLevel(index, 0.01))).toEqual([
      ...['steady', 'some', 'some', 'large'],
    ]);
    expect(indexByChance([10, 0, 10], [20, 0, 20])).toBeCloseTo(1 / 20 + 1 / 40, 12);
  });
});

describe('bins', () => {
  const column = (values: readonly number[]) => {
    const one = new Column();
    for (const value of values) one.push(value);
    return one;
  };

  it('are tenths of the customers, and those without a figure beside', () => {
    const values = column(Array.from({ length: 100 }, (_, at) => at));
    const { edges, counts: sizes } = binned(values, 7, tenths(values));
    expect(edges).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(sizes).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 7]);
  });

  it('hold everybody once, however many are alike', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.nat(9), (values, unknown) => {
        const one = column(values);
        const { counts: sizes } = binned(one, unknown, tenths(one));
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(values.length + unknown);
      }),
    );
  });
});
