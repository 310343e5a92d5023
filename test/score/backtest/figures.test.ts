import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../../src/score/backtest/area-under-curve.ts';
import { binsOf, meanInBin } from '../../../src/score/backtest/bins.ts';
import { calibrationBins, chanceQuality } from '../../../src/score/backtest/chance-quality.ts';
import { forecastError } from '../../../src/score/backtest/errors.ts';
import { groupOutcomes } from '../../../src/score/backtest/groups.ts';
import { heldByBest } from '../../../src/score/backtest/held-by-best.ts';
import { loyaltyGroups } from '../../../src/score/backtest/loyalty-groups.ts';
import { rankingOf } from '../../../src/score/backtest/ranking.ts';
import { tierMoves } from '../../../src/score/backtest/tier-moves.ts';
import { everybodyOnce, resamples } from '../../../src/score/backtest/weights.ts';

const column = (...values: readonly number[]): Float64Array => Float64Array.from(values);

/** Few different scores, so that ties are the rule. */
const base = fc
  .array(
    fc.record({
      score: fc.integer({ min: -1, max: 6 }),
      amount: fc.integer({ min: 0, max: 50 }),
      weight: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => ({
    score: Float64Array.from(rows, ({ score }) => score),
    amount: Float64Array.from(rows, ({ amount }) => amount),
    weights: Uint16Array.from(rows, ({ weight }) => weight),
  }));

/** As it is defined: every pair looked at. */
function aucOfPairs(score: Float64Array, happened: Float64Array, weights: Uint16Array) {
  let [pairs, points] = [0, 0];
  for (const [i, did] of happened.entries())
    for (const [j, other] of happened.entries()) {
      if (did === 0 || other > 0) continue;
      const pair = (weights[i] ?? 0) * (weights[j] ?? 0);
      const ahead = (score[i] ?? 0) - (score[j] ?? 0);
      pairs += pair;
      points += pair * (ahead > 0 ? 1 : ahead === 0 ? 0.5 : 0);
    }
  return pairs === 0 ? null : points / pairs;
}

/** Customer by customer, each a mean one of those with the same score. */
function heldOneByOne(score: Float64Array, amount: Float64Array, share: number) {
  const rows = [...score.keys()].sort((i, j) => (score[j] ?? 0) - (score[i] ?? 0));
  const meanOf = (value: number) => {
    const same = rows.filter((row) => score[row] === value);
    return same.reduce((sum, row) => sum + (amount[row] ?? 0), 0) / same.length;
  };
  const total = amount.reduce((sum, value) => sum + value, 0);
  const held = rows.map((row, at) => {
    const part = Math.min(1, Math.max(0, share * rows.length - at));
    return part * meanOf(score[row] ?? 0);
  });
  return total === 0 ? null : held.reduce((sum, value) => sum + value, 0) / total;
}

describe('a ranking', () => {
  it('has the best first and equal scores in one group', () => {
    const { rows, ends } = rankingOf(column(2, 5, 2, 9, 5));
    expect([...ends]).toEqual([1, 3, 5]);
    expect(rows[0]).toBe(3);
    expect([...rows.subarray(1, 3)].sort()).toEqual([1, 4]);
    expect(rankingOf(column())).toEqual({ rows: new Uint32Array(0), ends: new Uint32Array(0) });
  });
});

describe('the share that the best hold', () => {
  it('is shared out inside a group of equal scores', () => {
    const amount = column(10, 0, 30, 60);
    const ranking = rankingOf(column(7, 7, 7, 1));
    const held = heldByBest(ranking, amount, [0, 0.25, 0.75, 1], everybodyOnce(4));
    expect(held[0]).toBe(0);
    expect(held[1]).toBeCloseTo(40 / 3 / 100, 12);
    expect(held[2]).toBeCloseTo(0.4, 12);
    expect(held[3]).toBe(1);
  });

  it('is what one gets customer by customer', () => {
    fc.assert(
      fc.property(base, fc.double({ min: 0, max: 1, noNaN: true }), ({ score, amount }, share) => {
        const [held = null] = heldByBest(
          rankingOf(score),
          amount,
          [share],
          everybodyOnce(score.length),
        );
        const plain = heldOneByOne(score, amount, share);
        if (plain === null) expect(held).toBeNull();
        else expect(held).toBeCloseTo(plain, 9);
      }),
    );
  });

  it('is never above that of who knows what comes, and grows with the share', () => {
    fc.assert(
      fc.property(base, ({ score, amount, weights }) => {
        const shares = [0.1, 0.2, 0.5, 0.9];
        const held = heldByBest(rankingOf(score), amount, shares, weights);
        const perfect = heldByBest(rankingOf(amount), amount, shares, weights);
        for (const [at, share] of held.entries()) {
          expect(share ?? 0).toBeLessThanOrEqual((perfect[at] ?? 0) + 1e-9);
          expect(share ?? 0).toBeGreaterThanOrEqual((held[at - 1] ?? 0) - 1e-9);
        }
      }),
    );
  });

  it('is unknown when there is nothing to hold', () => {
    expect(heldByBest(rankingOf(column(1, 2)), column(0, 0), [0.1], everybodyOnce(2))).toEqual([
      null,
    ]);
  });
});

describe('AUC', () => {
  it('is what one gets pair by pair, resampled or not', () => {
    fc.assert(
      fc.property(base, ({ score, amount, weights }) => {
        const happened = amount.map((value) => (value > 25 ? 1 : 0));
        for (const counted of [weights, everybodyOnce(score.length)]) {
          const area = areaUnderCurve(rankingOf(score), happened, counted);
          const plain = aucOfPairs(score, happened, counted);
          if (plain === null || area === null) expect(area).toBe(plain);
          else expect(area).toBeCloseTo(plain, 12);
        }
      }),
    );
  });

  it('of the reversed score is the rest of 1', () => {
    fc.assert(
      fc.property(base, ({ score, amount, weights }) => {
        const happened = amount.map((value) => (value > 25 ? 1 : 0));
        const area = areaUnderCurve(rankingOf(score), happened, weights);
        const reversed = areaUnderCurve(rankingOf(score.map((value) => -value)), happened, weights);
        if (area === null || reversed === null) expect(reversed).toBe(area);
        else expect(reversed).toBeCloseTo(1 - area, 12);
      }),
    );
  });
});

describe('bins', () => {
  it('are of one size where no scores are equal, lowest first', () => {
    const bins = binsOf(rankingOf(column(5, 1, 4, 2, 3, 0)), 3);
    expect([...bins]).toEqual([2, 0, 2, 1, 1, 0]);
    expect([...meanInBin(bins, column(1, 0, 3, 4, 4, 5))]).toEqual([2, 2.5, 2, 4, 4, 2.5]);
  });

  it('never part equal scores and never turn the order round', () => {
    fc.assert(
      fc.property(base, fc.integer({ min: 1, max: 12 }), ({ score }, most) => {
        const bins = binsOf(rankingOf(score), most);
        for (const [i, one] of score.entries())
          for (const [j, other] of score.entries()) {
            if (one === other) expect(bins[i]).toBe(bins[j]);
            if (one < other) expect(bins[i] ?? 0).toBeLessThanOrEqual(bins[j] ?? 0);
          }
      }),
    );
  });

  it('by loyalty are named by their scores, the most loyal first', () => {
    const { groups } = loyaltyGroups(column(0, 0, 0, 0, 0, 0, 7, 30, 90, 12));
    expect(groups.map(({ label }) => label)).toEqual([
      'score 30 to 90',
      'score 7 to 12',
      'score 0',
    ]);
    expect(loyaltyGroups(column(-1, -1)).groups).toMatchObject([{ label: 'score unknown' }]);
    expect(loyaltyGroups(column()).groups).toEqual([]);
  });
});

describe('the chance to buy', () => {
  it('has the Brier score, the hits and the bins that one counts by hand', () => {
    const chance = column(0.9, 0.6, 0.4, 0.1);
    const bought = column(1, 0, 1, 0);
    const { auc, brier, rightAtHalf } = chanceQuality(chance, bought);
    expect(auc).toBe(0.75);
    expect(brier).toBeCloseTo((0.01 + 0.36 + 0.36 + 0.01) / 4, 12);
    expect(rightAtHalf).toBe(0.5);
    const bins = calibrationBins(binsOf(rankingOf(chance), 2), chance, bought);
    expect(bins).toMatchObject([
      { customers: 2, predicted: 0.25, from: 0.1, to: 0.4, actual: 0.5 },
      { customers: 2, predicted: 0.75, from: 0.6, to: 0.9, actual: 0.5 },
    ]);
    // Wilson for 1 of 2: 0.0945 to 0.9055.
    expect(bins[0]?.low).toBeCloseTo(0.0945, 4);
    expect(bins[0]?.high).toBeCloseTo(0.9055, 4);
  });

  it('of nobody is unknown', () => {
    expect(chanceQuality(column(), column())).toEqual({
      auc: null,
      brier: null,
      rightAtHalf: null,
    });
  });
});

describe('the error of a forecast', () => {
  it('is what one counts by hand', () => {
    const error = forecastError(column(1, 2, 3), column(2, 2, 6));
    expect(error).toMatchObject({ forecast: 6, actual: 10, totalError: -0.4, mae: 4 / 3 });
    expect(error.rmse).toBeCloseTo(Math.sqrt(10 / 3), 12);
    expect(error.correlation).toBeCloseTo(Math.sqrt(3) / 2, 12);
  });

  it('is unknown where there is nothing to measure it by', () => {
    expect(forecastError(column(), column())).toMatchObject({ totalError: null, mae: null });
    expect(forecastError(column(1), column(0))).toMatchObject({ totalError: null, mae: 1 });
  });
});

describe('groups', () => {
  const names = ['a', 'b', 'empty'].map((key) => ({ key, label: key }));

  it('add up to the whole', () => {
    const groups = groupOutcomes(names, [0, 1, 0], {
      nextOrders: column(1, 0, 3),
      nextSpend: column(10, 0, 50),
    });
    expect(groups).toMatchObject([
      {
        customers: 2,
        nextOrders: 4,
        nextSpend: 60,
        meanSpend: 30,
        shareOfSpend: 1,
        shareBought: 1,
      },
      { customers: 1, nextSpend: 0, lift: 0, shareBought: 0 },
      { customers: 0, meanSpend: null, lift: null, shareBought: null, shareOfSpend: 0 },
    ]);
    expect(groups[0]?.lift).toBe(1.5);
  });

  it('refuse a customer who is in none', () => {
    const outcomes = { nextOrders: column(1), nextSpend: column(1) };
    expect(() => groupOutcomes(names, [7], outcomes)).toThrow('in no group');
  });

  it('of moves hold everybody once, those without a tier too', () => {
    const moves = tierMoves(names, {
      tier: Int8Array.of(0, 0, 1, -1),
      tierAtEnd: Int8Array.of(0, 1, 1, 0),
      windowNet: column(1, 2, 3, 4),
      windowNetAtEnd: column(5, 6, 7, 8),
    });
    expect(moves).toEqual([
      { from: 'a', to: 'a', customers: 1, share: 0.5, netBefore: 1, netAfter: 5 },
      { from: 'a', to: 'b', customers: 1, share: 0.5, netBefore: 2, netAfter: 6 },
      { from: 'b', to: 'b', customers: 1, share: 1, netBefore: 3, netAfter: 7 },
      { from: null, to: 'a', customers: 1, share: 1, netBefore: 4, netAfter: 8 },
    ]);
  });
});

describe('resamples', () => {
  it('hold as many customers as there are and are the same for the same seed', () => {
    const drawn = (seed: number) => Array.from(resamples(25, 5, seed), (weights) => [...weights]);
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
    for (const weights of drawn(3))
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(25);
  });
});
