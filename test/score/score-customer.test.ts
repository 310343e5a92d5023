import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CutPoints } from '../../src/policy/cut-points.ts';
import { policyVersion } from '../../src/policy/version.ts';
import { basicScoreOf } from '../../src/score/basic-score.ts';
import { scoreCustomer } from '../../src/score/score-customer.ts';
import { anyBase, anySignals, buyerSignals } from './arbitraries.ts';
import { cutsOf, quantilePolicy } from './base.ts';
import { AS_OF, customer, history, nothingKnown, signals, won } from './builders.ts';
import { policy } from './default-policy.ts';
import { everyNumberIn } from './every-number.ts';

const anyCuts: fc.Arbitrary<CutPoints> = anyBase.map((base) => cutsOf(base, quantilePolicy));

describe('a score', () => {
  it('is made of parts that add up to it exactly', () => {
    fc.assert(
      fc.property(anySignals, anyCuts, (given, cuts) => {
        const { value, loyalty, credit } = basicScoreOf(given, cuts, policy);
        for (const scored of [value, loyalty, credit]) {
          const points = scored?.parts.reduce((sum, part) => sum + part.points, 0);
          expect(points).toBe(scored?.score);
        }
      }),
    );
  });

  it('is finite, between 0 and 100, R, F and M between 1 and 5', () => {
    fc.assert(
      fc.property(anySignals, anyCuts, (given, cuts) => {
        const score = basicScoreOf(given, cuts, policy);
        expect(everyNumberIn(score, Number.isFinite)).toBe(true);
        for (const scored of [score.value, score.loyalty, score.credit])
          expect(scored === null || (scored.score >= 0 && scored.score <= 100)).toBe(true);
        expect(everyNumberIn(score.rfm, (each) => [1, 2, 3, 4, 5].includes(each))).toBe(true);
      }),
    );
  });

  it('is equal for equal customers, and the same alone as in the base', () => {
    fc.assert(
      fc.property(anyBase, anySignals, (others, given) => {
        const cuts = cutsOf([...others, given], quantilePolicy);
        const stored: CutPoints = JSON.parse(JSON.stringify(cuts));
        const alone = basicScoreOf(given, stored, quantilePolicy);
        expect(alone).toEqual(basicScoreOf({ ...given }, cuts, quantilePolicy));
        const twin = basicScoreOf({ ...given, customerId: 'twin' }, cuts, quantilePolicy);
        expect(twin).toEqual(alone);
      }),
    );
  });

  it('does not take the unknown for zero', () => {
    fc.assert(
      fc.property(buyerSignals, anyCuts, (given, cuts) => {
        const unknown = basicScoreOf({ ...given, referrals: null, duesKnown: 0 }, cuts, policy);
        const bad = basicScoreOf(
          {
            ...given,
            referrals: 0,
            referralsBought: 0,
            duesKnown: 1,
            duesOnTime: 0,
            overdueDays: 1000,
            refundedEver: Number.MAX_SAFE_INTEGER,
            netEver: 0,
          },
          cuts,
          policy,
        );
        expect(unknown.value?.score).toBeGreaterThanOrEqual((bad.value?.score ?? 0) - 2);
        expect(unknown.value?.unknown).toContain('value.credit');
        expect(unknown.loyalty?.unknown).toContain('loyalty.referral');
        expect(unknown.value?.confidence).toBeLessThan(1);
      }),
    );
  });

  it('with credit unknown rests on the other two, their weights rescaled [001:33]', () => {
    const given = signals([won('2011-11-01', 120_00), won('2011-12-01', 130_00)]);
    const { value, tier } = basicScoreOf(given, cutsOf([]), policy);
    expect(value?.parts.map(({ of }) => of)).toEqual([50, 50]);
    expect(value?.unknown).toEqual(['value.credit']);
    // Participation is unknown too: 0.4 + 0.4 · 0.8 of 1.
    expect(value?.confidence).toBe(0.72);
    expect(tier).not.toBeNull();
  });

  it('names its policy, its day and the net amount of the window', () => {
    const given = history([won('2009-01-01', 99_00), won('2011-11-01', 120_00)]);
    expect(scoreCustomer(given, AS_OF, { policy, cuts: cutsOf([]) })).toMatchObject({
      customerId: 'c1',
      asOf: '2011-12-09',
      policyVersion: policyVersion(policy),
      netAmount: { minor: 120_00, currency: 'GBP' },
    });
  });

  it('is empty for a customer who asked to be left out, whatever it bought', () => {
    const given = history([won('2011-11-01', 120_00)], {
      customer: { ...customer, optedOut: true, birthday: '1980-01-01', country: 'GB' },
    });
    const score = scoreCustomer(given, AS_OF, { policy, cuts: cutsOf([]) });
    expect(score).toMatchObject({ optedOut: true, tier: null, standing: null, classes: {} });
    expect(score).toMatchObject({ points: null, prospect: null, nextChangeOn: null });
    expect(score.signals).toMatchObject({ orders: 0, netEver: 0, problems: {} });
  });

  it('is empty for a customer who never bought', () => {
    const refundOnly = signals([won('2011-11-01', -5_00)], {
      customer: { ...customer, eventsInvited: 2, eventsAttended: 2 },
    });
    for (const given of [signals([]), refundOnly])
      expect(basicScoreOf(given, cutsOf([]), policy)).toMatchObject({
        rfm: null,
        value: null,
        loyalty: null,
        tier: null,
      });
  });

  it('rests on spend alone where loyalty is unknown as a whole', () => {
    const weights = { repeat: 0, referral: 1, participation: 0 };
    const rules = { ...policy, loyalty: { ...policy.loyalty, weights } };
    const given = signals([won('2011-11-01', 120_00)], {
      coverage: nothingKnown,
    });
    const scored = basicScoreOf(given, cutsOf([given], rules), rules);
    expect(scored.loyalty).toBeNull();
    expect(scored.value).toMatchObject({
      parts: [{ code: 'value.spend', points: 20, of: 100 }],
      unknown: ['value.loyalty', 'value.credit'],
      confidence: 0.4,
    });
  });

  it('gives no tier when too little is known', () => {
    const strict = { ...policy, value: { ...policy.value, minimumConfidence: 0.9 } };
    const given = signals([won('2011-11-01', 120_00)]);
    const scored = basicScoreOf(given, cutsOf([]), strict);
    expect(scored.tier).toBeNull();
    expect(scored.value).not.toBeNull();
  });

  it('gives the lowest scores and tier to a customer who bought before the window only', () => {
    const lapsed = signals([won('2008-11-01', 9_000_00), won('2008-12-01', 9_000_00)]);
    expect(basicScoreOf(lapsed, cutsOf([]), policy)).toMatchObject({
      rfm: { recency: 1, frequency: 1, monetary: 1 },
      value: { score: 0 },
      loyalty: { score: 0 },
      tier: 'bronze',
    });
  });
});
