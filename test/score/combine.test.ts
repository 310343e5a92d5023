import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine, type Part } from '../../src/score/combine.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const part = (shareOf: fc.Arbitrary<number | null>): fc.Arbitrary<Part> =>
  fc.record({
    code: fc.uuid(),
    weight: fc.oneof(
      fc.constantFrom(0, 0.2, 0.4, 1),
      fc.double({ min: 0, max: 1000, noNaN: true }),
    ),
    share: shareOf,
    confidence: share,
    facts: fc.constant({}),
  });
const parts = fc.array(part(fc.option(share, { nil: null })), { minLength: 1, maxLength: 6 });

describe('weighing parts into a score', () => {
  it('adds up: points to the score, the most of each to 100, none above its most', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const scored = combine(given);
        if (scored === null) return;
        const sum = (of: 'points' | 'of'): number =>
          scored.parts.reduce((total, each) => total + each[of], 0);
        expect(sum('points')).toBe(scored.score);
        expect(sum('of')).toBe(100);
        for (const { points, of } of scored.parts) {
          expect(Number.isInteger(points) && points >= 0).toBe(true);
          expect(points).toBeLessThanOrEqual(of);
        }
        expect(scored.score).toBeGreaterThanOrEqual(0);
        expect(scored.score).toBeLessThanOrEqual(100);
        expect(scored.confidence).toBeGreaterThanOrEqual(0);
        expect(scored.confidence).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never falls when a part rises', () => {
    fc.assert(
      fc.property(parts, fc.nat(5), share, (given, at, more) => {
        const better = given.map((each, index) =>
          index === at && each.share !== null
            ? { ...each, share: Math.max(each.share, more) }
            : each,
        );
        expect(combine(better)?.score ?? 0).toBeGreaterThanOrEqual(combine(given)?.score ?? 0);
      }),
    );
  });

  it('treats the unknown as absent, and never as zero', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const known = given.filter((each) => each.share !== null);
        const asZero = given.map((each) => ({ ...each, share: each.share ?? 0 }));
        const scored = combine(given);
        expect(scored?.score).toBe(combine(known)?.score);
        if (scored !== null)
          expect(scored.score).toBeGreaterThanOrEqual((combine(asZero)?.score ?? 0) - 1);
      }),
    );
  });

  it('shares the weight of the unknown out and lowers the confidence', () => {
    const facts = {};
    const scored = combine([
      { code: 'spend', weight: 0.4, share: 1, confidence: 1, facts },
      { code: 'loyalty', weight: 0.4, share: 0.5, confidence: 0.5, facts },
      { code: 'credit', weight: 0.2, share: null, confidence: 0, facts },
      { code: 'nothing', weight: 0, share: null, confidence: 0, facts },
    ]);
    expect(scored).toEqual({
      score: 75,
      parts: [
        { code: 'spend', points: 50, of: 50, facts },
        { code: 'loyalty', points: 25, of: 50, facts },
      ],
      unknown: ['credit'],
      confidence: 0.6,
    });
  });

  it('has no score where nothing is known', () => {
    expect(combine([{ code: 'a', weight: 1, share: null, confidence: 0, facts: {} }])).toBeNull();
  });
});
