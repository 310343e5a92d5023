import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TierClass } from '../../src/policy/schema.ts';
import { BaseColumns } from '../../src/score/base-columns.ts';
import { basicScoreOf } from '../../src/score/basic-score.ts';
import { quantileTierCuts } from '../../src/score/tier-cuts.ts';
import { valueHistogram } from '../../src/score/value-histogram.ts';
import { anyBase } from './arbitraries.ts';
import { cutsOf, quantilePolicy } from './base.ts';
import { allKnown, timelineOf } from './builders.ts';
import { policy } from './default-policy.ts';

const { classes } = policy.tiers;

type Size = { readonly share?: number | 'rest'; readonly top?: number };

/** The policy's first tiers with other sizes. */
function sized(sizes: readonly Size[]): readonly TierClass[] {
  return sizes.flatMap(({ share = null, top = null }, at) => {
    const tier = classes[at];
    return tier === undefined ? [] : { ...tier, share, top };
  });
}

/** How many customers have each score. */
function histogram(counts: Readonly<Record<number, number>>): readonly number[] {
  return Array.from({ length: 101 }, (_, score) => counts[score] ?? 0);
}

function from(counts: Readonly<Record<number, number>>): readonly number[] | null {
  return quantileTierCuts(classes, histogram(counts))?.map((cut) => cut.from) ?? null;
}

describe('tier cuts of a base', () => {
  it('take exactly the shares where scores allow it', () => {
    expect(from({ 90: 5, 70: 15, 50: 30, 20: 50 })).toEqual([71, 51, 21, 0]);
  });

  it('never part equal scores: those that do not fit go below', () => {
    expect(from({ 90: 4, 80: 10, 20: 86 })).toEqual([81, 21, 20, 0]);
  });

  it('give the top tier to the best score even when many share it', () => {
    expect(from({ 90: 60, 20: 40 })).toEqual([90, 89, 88, 0]);
  });

  it('take so many customers where a tier has a number, shares counting on from there', () => {
    const rules = sized([{ top: 3 }, { share: 0.15 }, { top: 10 }, { share: 'rest' }]);
    const counts = { 90: 2, 80: 1, 70: 15, 60: 2, 50: 8, 20: 72 };
    expect(quantileTierCuts(rules, histogram(counts))?.map((cut) => cut.from)).toEqual([
      71, 61, 21, 0,
    ]);
  });

  it('take everybody where the number is more than there are', () => {
    const rules = sized([{ top: 1000 }, { share: 0.1 }, { share: 'rest' }]);
    expect(quantileTierCuts(rules, histogram({ 90: 2, 20: 5 }))?.map((cut) => cut.from)).toEqual([
      0, 0, 0,
    ]);
  });

  it('do not exist where all scores are the same, or there is none', () => {
    expect(from({ 50: 100 })).toBeNull();
    expect(from({})).toBeNull();
  });

  it('fall from tier to tier, and fit the scores that customers then get', () => {
    fc.assert(
      fc.property(anyBase, (base) => {
        const columns = new BaseColumns({
          policy: quantilePolicy,
          homeCurrency: 'GBP',
          coverage: allKnown,
        });
        for (const one of base) columns.add(one, timelineOf(one));
        const cuts = cutsOf(base, quantilePolicy);
        const counted = valueHistogram(columns, cuts.spend);
        const expected = new Array<number>(101).fill(0);
        for (const one of base) {
          const score = basicScoreOf(one, cuts, quantilePolicy).value?.score;
          if (one.ordersInWindow > 0 && score !== undefined)
            expected[score] = (expected[score] ?? 0) + 1;
        }
        expect(counted).toEqual(expected);
      }),
    );
  });

  it('know no value where nothing that has weight is known', () => {
    const rules = {
      ...quantilePolicy,
      value: { ...policy.value, weights: { spend: 0, loyalty: 0, credit: 1 } },
    };
    const columns = new BaseColumns({ policy: rules, homeCurrency: 'GBP', coverage: allKnown });
    columns.netMinor.push(5);
    expect(valueHistogram(columns, []).every((count) => count === 0)).toBe(true);
  });
});
