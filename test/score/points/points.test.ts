import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayText } from '../../../src/domain/day.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { pointsChangeAfter, pointsOf } from '../../../src/score/points/points.ts';
import { scoreCustomer } from '../../../src/score/score-customer.ts';
import { deals } from '../arbitraries.ts';
import { customer, type DayInput, won } from '../builders.ts';
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

describe('the points of activation', () => {
  const activated = (activated_on: string): Partial<DayInput> => ({
    customer: { ...customer, attributes: { activated_on } },
  });
  const on = (day: string, text: string, bought = [won('2011-06-01', 100_00)]) =>
    pointsOf(dayOf(bought, day, rules, activated(text)));

  it('are 40, worth 2 yuan, without any order', () => {
    expect(on('2011-12-09', '2011-05-01', [])).toEqual({
      balance: 40,
      valueMinor: 2_00,
      expiring: 0,
      expireOn: null,
    });
  });

  it('leave 8 of the 10 yuan of a card, which 1,600 yuan of spend earn', () => {
    const [bonus, earned] = [on('2011-12-09', '2011-05-01', []), [won('2011-06-01', 1_600_00)]];
    expect(10_00 - (bonus?.valueMinor ?? 0)).toBe(8_00);
    expect(on('2011-12-09', '', earned)).toMatchObject({ balance: 160, valueMinor: 8_00 });
    expect(on('2011-12-09', '2011-05-01', earned)?.valueMinor).toBe(10_00);
  });

  it.each([
    ' 2011-05-01 ',
    '2011-05-01T23:59:59Z',
    '2011-05-01T23:59:59.000-11:00',
    '2011-05-01 00:00:00',
  ])('come on the day as it is written: %j', (text) => {
    expect(on('2011-04-30', text, [])).toBeNull();
    expect(on('2011-05-01', text, [])?.balance).toBe(40);
  });

  it.each([
    '',
    'yes',
    '2011',
    '01.05.2011',
    '1304208000000',
    '2011-02-30',
    '2011-05-011',
    '2011-05-01 to 2011-06-01',
    '2011-05-01T',
  ])('are none for what is no day: %j', (text) => {
    expect(on('2011-12-09', text)?.balance).toBe(10);
    expect(on('2011-12-09', text, [])).toBeNull();
  });

  it('lapse as others do, and leave an account of nothing', () => {
    expect(on('2012-04-01', '2011-05-01', [])).toMatchObject({
      expiring: 40,
      expireOn: '2012-05-01',
    });
    expect(on('2012-05-01', '2011-05-01', [])).toMatchObject({ balance: 0, expireOn: null });
  });

  it('are none where the policy gives none, or where points are switched off', () => {
    const given = activated('2011-05-01');
    const none = { ...rules, points: { ...rules.points, activation: null } };
    const off = { ...rules, points: { ...rules.points, enabled: false } };
    for (const without of [none, off]) {
      const day = dayOf([], '2011-04-01', without, given);
      expect(pointsOf(dayOf([], '2011-12-09', without, given))).toBeNull();
      expect(pointsChangeAfter(day)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('do nothing where the attribute is not mapped, nor by a name that every object has', () => {
    const none = { ...rules, points: { ...rules.points, activation: null } };
    const inherited = { points: 40, attribute: 'constructor' };
    const odd = { ...rules, points: { ...rules.points, activation: inherited } };
    fc.assert(
      fc.property(deals, fc.integer({ min: 14_300, max: 15_700 }), (given, at) => {
        const found = (under: Policy) => {
          const day = dayOf(given, dayText(at), under);
          return [pointsOf(day), pointsChangeAfter(day)];
        };
        expect(found(rules)).toEqual(found(none));
        expect(found(odd)).toEqual(found(none));
      }),
    );
  });

  it('are named ahead of their day, by the score as well', () => {
    const day = dayOf([], '2011-12-09', rules, activated('2011-12-24'));
    expect(pointsOf(day)).toBeNull();
    expect(dayText(pointsChangeAfter(day))).toBe('2011-12-24');
    const { nextChangeOn } = scoreCustomer(day.timeline.history, day.asOf, day);
    expect((nextChangeOn ?? '9999') <= '2011-12-24').toBe(true);
  });

  it('move on no day before the one that is named', () => {
    fc.assert(
      fc.property(
        deals,
        fc.integer({ min: 14_000, max: 16_000 }).map(dayText),
        fc.integer({ min: 14_300, max: 15_700 }),
        fc.integer({ min: 1, max: 500 }),
        (given, activatedOn, from, days) => {
          const at = (when: number) => dayOf(given, dayText(when), rules, activated(activatedOn));
          const day = at(from);
          const until = Math.min(pointsChangeAfter(day), day.timeline.nextSaleAfter(from));
          expect(until).toBeGreaterThan(from);
          expect(pointsOf(at(Math.min(from + days, until - 1)))).toEqual(pointsOf(day));
        },
      ),
    );
  });
});
