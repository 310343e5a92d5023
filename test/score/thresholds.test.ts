import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileThresholds, stepsUpTo } from '../../src/score/thresholds.ts';

const values = fc.array(fc.integer({ min: -20, max: 200 }), { minLength: 2, maxLength: 200 });
const steps = fc.integer({ min: 2, max: 20 });

function thresholdsOf(given: readonly number[], count: number): readonly number[] | null {
  return quantileThresholds(Float64Array.from(given).sort(), count);
}

describe('quantile thresholds', () => {
  it('rise, and give the lowest the first step and the highest the last', () => {
    fc.assert(
      fc.property(values, steps, (given, count) => {
        fc.pre(new Set(given).size > 1);
        const found = thresholdsOf(given, count) ?? [];
        expect(found).toEqual(found.toSorted((one, other) => one - other));
        expect(found).toHaveLength(count - 1);
        expect(stepsUpTo(Math.min(...given), found)).toBe(0);
        expect(stepsUpTo(Math.max(...given), found)).toBe(count - 1);
      }),
    );
  });

  it('give about equal parts where nothing is tied', () => {
    const given = Array.from({ length: 1000 }, (_, at) => at * 3);
    const found = thresholdsOf(given, 5) ?? [];
    const sizes = [0, 0, 0, 0, 0].map(
      (_, step) => given.filter((value) => stepsUpTo(value, found) === step).length,
    );
    expect(sizes).toEqual([200, 200, 200, 200, 200]);
  });

  it('skip steps rather than part equals: half one-time buyers leave F without a 2', () => {
    const orders = [...Array<number>(505).fill(1), ...Array<number>(175).fill(2)];
    for (let at = 0; at < 320; at += 1) orders.push(3 + (at % 16));
    const found = thresholdsOf(orders, 5) ?? [];
    const given = new Set(orders.map((order) => 1 + stepsUpTo(order, found)));
    expect([...given].sort()).toEqual([1, 3, 4, 5]);
    expect(1 + stepsUpTo(1, found)).toBe(1);
  });

  it('keep the top reachable when most share it, and the bottom when most share that', () => {
    expect(thresholdsOf([1, 7, 7, 7, 7, 7, 7, 7, 7, 7], 5)).toEqual([7, 7, 7, 7]);
    expect(thresholdsOf([1, 1, 1, 1, 1, 1, 1, 1, 1, 7], 5)).toEqual([7, 7, 7, 7]);
  });

  it('rank nobody when all are the same, or nobody is there', () => {
    expect(thresholdsOf([4, 4, 4], 5)).toBeNull();
    expect(thresholdsOf([], 5)).toBeNull();
  });
});
