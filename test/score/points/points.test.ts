import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayText } from '../../../src/domain/day.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { pointsChangeAfter, pointsOf } from '../../../src/score/points/points.ts';
import { deals } from '../arbitraries.ts';
import { customer, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { dayOf, numberOf } from './day-of.ts';

const rules: Policy = { ...policy, points: { ...policy.points, enabled: true } };

describe('the points account', () => {
  it('is worth a unit for twenty points, rounded down', () => {
    const worth = (minor: number) =>
      pointsOf(dayOf([won('2011-06-01', minor)], '2011-12-09', rules));
    expect(worth(200_00)).toMatchObject({ balance: 20, valueMinor: 1_00 });
    expect(worth(190_00)).toMatchObject({ balance: 19, valueMinor: 95 });
    expect(worth(30_00)).toMatchObject({ balance: 3, valueMinor: 15 });
  });

  it('doubles in the birthday’s month', () => {
    const born = { customer: { ...customer, birthday: '1980-06-15' } };
    expect(pointsOf(dayOf([won('2011-06-01', 100_00)], '2011-12-09', rules, born))?.balance).toBe(
      20,
    );
  });

  it('says what lapses within thirty days, and when first', () => {
    const bought = [won('2011-01-10', 50_00), won('2011-01-20', 20_00), won('2011-03-01', 10_00)];
    const on = (day: string) => pointsOf(dayOf(bought, day, rules));
    expect(on('2011-12-10')).toEqual({ balance: 8, valueMinor: 40, expiring: 0, expireOn: null });
    expect(on('2011-12-11')).toMatchObject({ expiring: 5, expireOn: '2012-01-10' });
    expect(on('2011-12-21')).toMatchObject({ expiring: 7, expireOn: '2012-01-10' });
    expect(on('2012-01-10')).toMatchObject({ balance: 3, expiring: 2, expireOn: '2012-01-20' });
    expect(on('2012-03-01')).toEqual({ balance: 0, valueMinor: 0, expiring: 0, expireOn: null });
  });

  it('names the days on which it moves', () => {
    const bought = [won('2011-01-10', 50_00), won('2011-03-01', 5_00)];
    const next = (day: string) => dayText(pointsChangeAfter(dayOf(bought, day, rules)));
    expect(next('2011-06-01')).toBe('2011-12-11');
    expect(next('2011-12-11')).toBe('2012-01-10');
    expect(pointsChangeAfter(dayOf(bought, '2012-01-10', rules))).toBe(Number.POSITIVE_INFINITY);
  });

  it('is none without points in the policy, and before the first order', () => {
    const off = { ...rules, points: { ...rules.points, enabled: false } };
    const day = dayOf([won('2011-06-01', 100_00)], '2011-12-09', off);
    expect(pointsOf(day)).toBeNull();
    expect(pointsChangeAfter(day)).toBe(Number.POSITIVE_INFINITY);
    expect(pointsOf(dayOf([won('2011-06-01', 100_00)], '2011-05-31', rules))).toBeNull();
    expect(pointsOf(dayOf([], '2011-12-09', rules))).toBeNull();
  });

  it('moves on no day before the one it names', () => {
    fc.assert(
      fc.property(
        deals,
        fc.integer({ min: 14_300, max: 15_700 }),
        fc.integer({ min: 1, max: 500 }),
        (given, from, days) => {
          const day = dayOf(given, dayText(from), rules);
          const until = Math.min(pointsChangeAfter(day), day.timeline.nextSaleAfter(from));
          const then = Math.min(from + days, until - 1);
          expect(pointsOf(dayOf(given, dayText(then), rules))).toEqual(pointsOf(day));
        },
      ),
    );
  });

  it('moves on few days: two for each lot', () => {
    const bought = Array.from({ length: 12 }, (_, at) =>
      won(`2011-${String(at + 1).padStart(2, '0')}-01`, 50_00),
    );
    const end = numberOf('2013-06-01');
    let steps = 0;
    for (let at = numberOf('2011-12-02'); at < end; steps += 1)
      at = Math.min(end, pointsChangeAfter(dayOf(bought, dayText(at), rules)));
    expect(steps).toBeLessThanOrEqual(25);
  });
});
