import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/schema.ts';
import { customerDay } from '../../src/score/customer-day.ts';
import { highFrom, quadrantCut } from '../../src/score/quadrant-cut.ts';
import { policyWithoutLoyalty, valueWithoutLoyalty } from '../../src/score/quadrant-value.ts';
import { Timeline } from '../../src/score/timeline.ts';
import { valueHistogram } from '../../src/score/value-histogram.ts';
import { quantilePolicy } from './base.ts';
import { AS_OF } from './builders.ts';
import { policy } from './default-policy.ts';
import { anyBuyers } from './predict/arbitrary-buyers.ts';
import { baseOf, buyer, cutsOfBase } from './predict/whole-base.ts';

const varied = Array.from({ length: 100 }, (_, at) =>
  buyer(Array.from({ length: 1 + (at % 5) }, (_unused, back) => [5 + 30 * back, 1_000 + 500 * at])),
);
const spendOf = (minor: number): readonly number[] => [minor, 2 * minor, 4 * minor];

describe('the cuts of the quadrants', () => {
  it('take the policy’s share of the base for high on each axis', () => {
    const base = baseOf(varied);
    const { value, loyalty } = quadrantCut(base, cutsOfBase(varied).spend);
    const high = [...base.loyalty.values()].filter((score) => score >= loyalty).length;
    const best = Math.max(...base.loyalty.values());
    expect(high).toBeGreaterThan(0);
    expect(loyalty === best || high <= 20).toBe(true);
    expect(value).toBeGreaterThan(60);
  });

  it('are the policy’s own where it says so, and in a small base', () => {
    const fixed: Policy = {
      ...policy,
      quadrant: { ...policy.quadrant, mode: 'fixed', valueFrom: 55, loyaltyFrom: 45 },
    };
    expect(quadrantCut(baseOf(varied, fixed), [])).toEqual({ value: 55, loyalty: 45 });
    const few = varied.slice(0, 29);
    expect(quadrantCut(baseOf(few), [])).toEqual({ value: 60, loyalty: 60 });
  });

  it('are the policy’s own where all are alike', () => {
    const alike = Array.from({ length: 40 }, () => buyer([[5, 100]]));
    expect(quadrantCut(baseOf(alike), [50])).toEqual({ value: 60, loyalty: 60 });
    expect(highFrom([], 0.2)).toBeNull();
    expect(highFrom([0, 5, 0, 95], 0.2)).toBe(3);
    expect(highFrom([0, 95, 0, 5], 0.2)).toBe(2);
  });

  it('count the same values without loyalty as each customer gets', () => {
    const weights = fc.constantFrom(
      policy.value.weights,
      { spend: 0, loyalty: 1, credit: 0 },
      { spend: 1, loyalty: 2, credit: 3 },
    );
    fc.assert(
      fc.property(anyBuyers, weights, fc.integer({ min: 1, max: 100_000 }), (all, given, minor) => {
        const rules = { ...quantilePolicy, value: { ...quantilePolicy.value, weights: given } };
        const base = baseOf(all, rules);
        const spend = spendOf(minor);
        const counted = valueHistogram(base, spend, policyWithoutLoyalty(rules).value.weights);
        const expected = new Array<number>(101).fill(0);
        const cuts = { ...cutsOfBase([], rules), spend };
        for (const one of all) {
          const timeline = new Timeline(one, rules.purchase);
          const { signals } = customerDay(timeline, AS_OF, { policy: rules, cuts }, null);
          const score = valueWithoutLoyalty(signals, cuts, rules);
          if (signals.ordersInWindow > 0 && score !== null)
            expected[score] = (expected[score] ?? 0) + 1;
        }
        expect(counted).toEqual(expected);
      }),
    );
  });
});
