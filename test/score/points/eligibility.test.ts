import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayText } from '../../../src/domain/day.ts';
import type { ScoredValue } from '../../../src/domain/score.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import type { CustomerDay } from '../../../src/score/customer-day.ts';
import { basicChangesAfter } from '../../../src/score/forward/basic-change.ts';
import { eligibilityChangeAfter, eligibilityOf } from '../../../src/score/points/eligibility.ts';
import { deals } from '../arbitraries.ts';
import { AS_OF, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { dayOf, later } from './day-of.ts';

const WEEKS = policy.eligibility.weeks;

function withLoyalty(score: number | null, rules: Policy = policy): CustomerDay {
  return loyal(dayOf([won(AS_OF, 100_00)], AS_OF, rules), score);
}

function loyal(day: CustomerDay, score: number | null): CustomerDay {
  const loyalty: ScoredValue | null =
    score === null ? null : { score, parts: [], unknown: [], confidence: 1 };
  return { ...day, basic: { ...day.basic, loyalty } };
}

const veryLoyal = (day: CustomerDay) => loyal(day, 100);

describe('the list every other week', () => {
  it.each([
    [25_00 * WEEKS, true, 25_00],
    [24_99 * WEEKS, false, 24_99],
    [25_00 * WEEKS - 1, false, 24_99],
  ])('of %i in the weeks is due: %s', (minor, biweekly, weeklyMinor) => {
    const found = eligibilityOf(dayOf([won('2011-11-01', minor)], AS_OF));
    expect(found).toMatchObject({ biweekly, weeklyMinor });
  });

  it('takes refunds off', () => {
    const bought = [won('2011-11-01', 25_00 * WEEKS), won('2011-11-20', -1)];
    expect(eligibilityOf(dayOf(bought, AS_OF))?.biweekly).toBe(false);
  });

  it('ends on the day on which the sale leaves the weeks', () => {
    const bought = [won('2011-06-01', 1_000_00)];
    const last = later('2011-06-01', WEEKS * 7 - 1);
    const day = dayOf(bought, last);
    expect(eligibilityOf(day)?.biweekly).toBe(true);
    expect(eligibilityChangeAfter(day)).toBe(day.today + 1);
    const after = dayOf(bought, later(last, 1));
    expect(eligibilityOf(after)).toMatchObject({ biweekly: false, weeklyMinor: 0 });
    expect(eligibilityChangeAfter(after)).toBe(Number.POSITIVE_INFINITY);
  });

  it('says nothing of who never bought', () => {
    expect(eligibilityOf(dayOf([], AS_OF))).toBeNull();
  });
});

describe('the coupon', () => {
  it.each([
    [59, null],
    [60, 30],
    [80, 35],
    [100, 40],
  ])('at a loyalty of %i is %s', (loyalty, coupon) => {
    expect(eligibilityOf(withLoyalty(loyalty))?.coupon).toBe(coupon);
  });

  it('is none where loyalty is unknown', () => {
    expect(eligibilityOf(withLoyalty(null))?.coupon).toBeNull();
  });

  it('is the highest where only full loyalty earns one', () => {
    const coupon = { ...policy.eligibility.coupon, loyaltyFrom: 100 };
    const rules = { ...policy, eligibility: { ...policy.eligibility, coupon } };
    expect(eligibilityOf(withLoyalty(100, rules))?.coupon).toBe(40);
  });

  it('is a whole amount, or none where none lies in the band', () => {
    const at = (from: number, to: number) => {
      const eligibility = {
        ...policy.eligibility,
        coupon: { ...policy.eligibility.coupon, from, to },
      };
      return eligibilityOf(withLoyalty(60, { ...policy, eligibility }))?.coupon;
    };
    expect(at(30.5, 40)).toBe(31);
    expect(at(30.2, 30.8)).toBeNull();
  });

  it('is none while the net amount in the window is less than the policy asks', () => {
    const coupon = (...given: Parameters<typeof dayOf>) =>
      eligibilityOf(veryLoyal(dayOf(...given)))?.coupon;
    expect(coupon([won(AS_OF, 100_00)], AS_OF)).toBe(40);
    expect(coupon([won(AS_OF, 99_99)], AS_OF)).toBeNull();
    expect(coupon([won('2011-12-01', 100_00), won(AS_OF, -1)], AS_OF)).toBeNull();
    expect(coupon([won('2010-12-10', 100_00)], AS_OF)).toBe(40);
    expect(coupon([won('2010-12-09', 100_00)], AS_OF)).toBeNull();
  });

  it('ends on the day on which the window lets the amount go, which the score names', () => {
    const day = dayOf([won('2010-12-10', 100_00)], AS_OF);
    expect(basicChangesAfter(day)).toBe(day.today + 1);
  });

  it('is never more than the net amount in the window', () => {
    fc.assert(
      fc.property(deals, fc.integer({ min: 14_300, max: 15_700 }), (given, at) => {
        const day = veryLoyal(dayOf(given, dayText(at)));
        const coupon = eligibilityOf(day)?.coupon ?? null;
        if (coupon !== null) expect(coupon * 100).toBeLessThanOrEqual(day.signals.netInWindow);
      }),
    );
  });

  it('never falls with more loyalty and stays in its band', () => {
    const score = fc.integer({ min: 60, max: 100 });
    fc.assert(
      fc.property(score, score, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const coupon = (loyalty: number) => eligibilityOf(withLoyalty(loyalty))?.coupon ?? 0;
        expect(coupon(low)).toBeLessThanOrEqual(coupon(high));
        expect(coupon(low)).toBeGreaterThanOrEqual(30);
        expect(coupon(high)).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe('eligibility', () => {
  it('moves by time on no day before the one it names', () => {
    fc.assert(
      fc.property(
        deals,
        fc.integer({ min: 14_300, max: 15_700 }),
        fc.integer({ min: 1, max: 200 }),
        (given, from, days) => {
          const day = dayOf(given, dayText(from));
          const named = Math.min(eligibilityChangeAfter(day), basicChangesAfter(day));
          const until = Math.min(named, day.timeline.nextSaleAfter(from));
          const then = dayOf(given, dayText(Math.min(from + days, until - 1)));
          expect(eligibilityOf(veryLoyal(then))).toEqual(eligibilityOf(veryLoyal(day)));
        },
      ),
    );
  });
});
