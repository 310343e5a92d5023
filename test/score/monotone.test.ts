import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signals } from '../../src/domain/score.ts';
import type { CutPoints } from '../../src/policy/cut-points.ts';
import { basicScoreOf } from '../../src/score/basic-score.ts';
import { anyBase, buyerSignals } from './arbitraries.ts';
import { cutsOf, quantilePolicy } from './base.ts';
import { policy } from './default-policy.ts';

const anyCuts: fc.Arbitrary<CutPoints> = anyBase.map((base) => cutsOf(base, quantilePolicy));
const more = fc.integer({ min: 0, max: 1_000_000 });

function valueScore(given: Signals, cuts: CutPoints): number {
  return basicScoreOf(given, cuts, policy).value?.score ?? 0;
}

function loyaltyScore(given: Signals, cuts: CutPoints): number {
  return basicScoreOf(given, cuts, policy).loyalty?.score ?? 0;
}

function creditScore(given: Signals, cuts: CutPoints): number {
  return basicScoreOf(given, cuts, policy).credit?.score ?? 0;
}

/** Checks that no score of `better` is below that of the original. */
function neverLower(
  better: (given: Signals, step: number) => Signals,
  ...scores: readonly ((given: Signals, cuts: CutPoints) => number)[]
): void {
  fc.assert(
    fc.property(buyerSignals, anyCuts, more, (given, cuts, step) => {
      for (const score of scores)
        expect(score(better(given, step), cuts)).toBeGreaterThanOrEqual(score(given, cuts));
    }),
  );
}

describe('a score', () => {
  it('never falls with more spend', () => {
    neverLower(
      (given, step) => ({
        ...given,
        netInWindow: given.netInWindow + step,
        netEver: given.netEver + step,
      }),
      valueScore,
      (given, cuts) => basicScoreOf(given, cuts, policy).rfm?.monetary ?? 0,
    );
  });

  it('never falls with more orders in the window', () => {
    neverLower(
      (given, step) => ({ ...given, ordersInWindow: given.ordersInWindow + (step % 50) }),
      valueScore,
      (given, cuts) => basicScoreOf(given, cuts, policy).rfm?.frequency ?? 0,
    );
  });

  it('never falls with a later last order', () => {
    neverLower(
      (given, step) => ({
        ...given,
        daysSinceLastOrder: Math.max(0, (given.daysSinceLastOrder ?? 0) - (step % 400)),
      }),
      valueScore,
      loyaltyScore,
      (given, cuts) => basicScoreOf(given, cuts, policy).rfm?.recency ?? 0,
    );
  });

  it('never falls with more months that have an order, or evener gaps', () => {
    neverLower(
      (given, step) => ({ ...given, monthsWithOrder: given.monthsWithOrder + (step % 12) }),
      valueScore,
      loyaltyScore,
    );
    neverLower(
      (given, step) => ({
        ...given,
        gapSpreadDays: given.gapSpreadDays === null ? null : given.gapSpreadDays / (1 + step),
      }),
      valueScore,
      loyaltyScore,
    );
  });

  it('never falls with another referral, bought or not, or another event attended', () => {
    neverLower(
      (given, step) => ({
        ...given,
        referrals: given.referrals === null ? null : given.referrals + (step % 5),
      }),
      valueScore,
      loyaltyScore,
    );
    neverLower(
      (given, step) => ({
        ...given,
        referralsBought: given.referralsBought === null ? null : given.referralsBought + (step % 5),
      }),
      valueScore,
      loyaltyScore,
    );
    neverLower(
      (given, step) => ({
        ...given,
        eventsAttended: given.eventsAttended === null ? null : given.eventsAttended + (step % 5),
      }),
      valueScore,
      loyaltyScore,
    );
  });

  it('never falls with better payment, or less refunded', () => {
    neverLower(
      (given) => ({ ...given, duesOnTime: given.duesKnown, overdueDays: 0 }),
      valueScore,
      creditScore,
    );
    neverLower(
      (given, step) => ({ ...given, overdueDays: Math.max(0, given.overdueDays - step) }),
      valueScore,
      creditScore,
    );
    neverLower(
      (given, step) => ({ ...given, refundedEver: Math.max(0, given.refundedEver - step) }),
      valueScore,
      creditScore,
    );
  });
});
