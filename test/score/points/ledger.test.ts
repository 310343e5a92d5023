import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../../src/score/points/ledger.ts';
import { type PointsRules, pointsRulesOf } from '../../../src/score/points/rules.ts';
import { deals } from '../arbitraries.ts';
import { AS_OF, history, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { numberOf } from './day-of.ts';

const rules: PointsRules = {
  perPoint: 10_00,
  birthdayFactor: 2,
  monthsValid: 12,
  undoes: true,
  foreignEarns: true,
};
const sale = (day: string, minor: number, reference = `${day}:${minor}`) => ({
  day: numberOf(day),
  minor,
  reference,
});
const balance = (...given: Parameters<typeof ledgerOf>) => ledgerOf(...given).balance;
const TODAY = numberOf('2011-12-09');

describe('points', () => {
  it.each([
    [10_00, 1],
    [9_99, 0],
    [199_00, 19],
    [0, 0],
  ])('of a purchase of %i cents are %i', (minor, points) => {
    expect(balance([sale('2011-06-01', minor)], rules, null, TODAY)).toBe(points);
  });

  it('are floored for each deal, not for their sum', () => {
    const two = [sale('2011-06-01', 5_00, 'a'), sale('2011-06-01', 5_00, 'b')];
    expect(balance(two, rules, null, TODAY)).toBe(0);
  });

  it('count double in the month of the birthday, once where it is unknown', () => {
    const sales = [sale('2011-06-30', 100_00)];
    expect(balance(sales, rules, 6, TODAY)).toBe(20);
    expect(balance(sales, rules, 7, TODAY)).toBe(10);
    expect(balance(sales, rules, null, TODAY)).toBe(10);
    expect(balance(sales, rules, Number.NaN, TODAY)).toBe(10);
  });

  it('of 1 March are gone a year later', () => {
    const sales = [sale('2010-03-01', 100_00)];
    expect(balance(sales, rules, null, numberOf('2011-02-28'))).toBe(10);
    expect(ledgerOf(sales, rules, null, numberOf('2011-03-01'))).toMatchObject({
      balance: 0,
      expired: 10,
      lots: [{ expiresDay: numberOf('2011-03-01'), points: 10, left: 0 }],
    });
  });

  it('of a leap day live to the first of March', () => {
    const sales = [sale('2012-02-29', 10_00)];
    expect(balance(sales, rules, null, numberOf('2013-02-28'))).toBe(1);
    expect(balance(sales, rules, null, numberOf('2013-03-01'))).toBe(0);
  });

  it('need 160 of them, 1,600 yuan of spend, to be worth the 8 yuan of a card', () => {
    expect(balance([sale('2011-06-01', 1_600_00)], rules, null, TODAY) / 20).toBe(8);
  });

  it('are earned and undone in one currency only, where the policy names it', () => {
    const sales = [
      sale('2011-05-01', 100_00),
      { ...sale('2011-05-02', 50_00), currency: 'USD' },
      { ...sale('2011-05-03', -30_00), currency: 'USD' },
    ];
    expect(balance(sales, rules, null, TODAY)).toBe(12);
    expect(balance(sales, { ...rules, foreignEarns: false }, null, TODAY)).toBe(10);
  });

  it('of deals still to come are not there yet', () => {
    const sales = [sale('2011-12-09', 10_00), sale('2011-12-10', 10_00)];
    expect(balance(sales, rules, null, TODAY)).toBe(1);
  });

  it('stay finite however little money earns one', () => {
    const tiny = { ...rules, perPoint: 1e-300 };
    expect(balance([sale('2011-06-01', 1e14)], tiny, 6, TODAY)).toBeLessThan(1e17);
  });
});

describe('a deal in another currency', () => {
  it('is known by it, at its home amount', () => {
    const amount = { minor: 130_00, currency: 'USD' };
    const [known] = history([won('2011-05-01', 100_00, { amount })]).sales;
    expect(known).toMatchObject({ minor: 100_00, currency: 'USD' });
    expect(history([won('2011-05-01', 100_00)]).sales[0]).not.toHaveProperty('currency');
    expect(history([won('2011-05-01', 100_00, { amount: null })]).sales[0]).not.toHaveProperty(
      'currency',
    );
  });
});

describe('a refund', () => {
  it.each([
    ['the same reference', '536379'],
    ['a letter in front', 'C536379'],
    ['a mark in front', 'CN-536379'],
    ['a mark behind', '536379-R'],
    ['a numbered mark behind', '536379 refund 2'],
  ])('undoes the lot it came from: %s', (_, reference) => {
    const sales = [
      sale('2011-05-01', 100_00, '536379'),
      sale('2011-05-02', 50_00, '536400'),
      sale('2011-05-03', -100_00, reference),
    ];
    const { lots, undone } = ledgerOf(sales, rules, null, TODAY);
    expect(lots.map(({ left }) => left)).toEqual([0, 5]);
    expect(undone).toBe(10);
  });

  it('of nobody knows what undoes the newest lots before it', () => {
    const sales = [
      sale('2011-05-01', 100_00),
      sale('2011-05-02', 50_00),
      sale('2011-05-03', -80_00, 'C9'),
      sale('2011-05-04', 40_00),
    ];
    const { lots } = ledgerOf(sales, rules, null, TODAY);
    expect(lots.map(({ left }) => left)).toEqual([7, 0, 4]);
  });

  it('of more than its own deal goes on with the newest lots', () => {
    const sales = [
      sale('2011-05-01', 100_00, 'a'),
      sale('2011-05-02', 50_00, 'b'),
      sale('2011-05-03', 60_00, 'c'),
      sale('2011-05-04', -80_00, 'b'),
    ];
    expect(ledgerOf(sales, rules, null, TODAY).lots.map(({ left }) => left)).toEqual([10, 0, 3]);
  });

  it('of a reference used twice undoes the newer lot first', () => {
    const sales = [
      sale('2011-05-01', 100_00, 'a'),
      sale('2011-05-02', 50_00, 'a'),
      sale('2011-05-03', 70_00, 'b'),
      sale('2011-05-04', -60_00, 'a'),
    ];
    expect(ledgerOf(sales, rules, null, TODAY).lots.map(({ left }) => left)).toEqual([9, 0, 7]);
  });

  it('leaves the points of the amount that remains', () => {
    const sales = [sale('2011-05-01', 19_99, 'a'), sale('2011-05-02', -9_99, 'a')];
    expect(balance(sales, rules, null, TODAY)).toBe(1);
    expect(balance([...sales, sale('2011-05-03', -1, 'a')], rules, null, TODAY)).toBe(0);
  });

  it('undoes the birthday’s double points as well', () => {
    const sales = [sale('2011-05-01', 100_00, 'a'), sale('2011-07-01', -50_00, 'a')];
    expect(balance(sales, rules, 5, TODAY)).toBe(10);
    expect(balance(sales, rules, 7, TODAY)).toBe(5);
  });

  it('comes after the purchases of its day', () => {
    const sales = [sale('2011-05-01', -100_00, 'a'), sale('2011-05-01', 100_00, 'a')];
    expect(balance(sales, rules, null, TODAY)).toBe(0);
  });

  it('of more than was ever bought undoes what there is and no later purchase', () => {
    const sales = [
      sale('2011-05-01', 100_00),
      sale('2011-05-02', -900_00),
      sale('2011-05-03', 30_00),
    ];
    expect(balance(sales, rules, null, TODAY)).toBe(3);
  });

  it('undoes nothing that has lapsed', () => {
    const sales = [
      sale('2010-01-01', 100_00, 'a'),
      sale('2011-05-01', 50_00, 'b'),
      sale('2011-05-02', -100_00, 'a'),
    ];
    expect(ledgerOf(sales, rules, null, TODAY)).toMatchObject({
      balance: 5,
      undone: 0,
      expired: 10,
    });
  });

  it('undoes nothing where the policy ignores refunds', () => {
    const sales = [sale('2011-05-01', 100_00, 'a'), sale('2011-05-02', -100_00, 'a')];
    expect(balance(sales, { ...rules, undoes: false }, null, TODAY)).toBe(10);
  });
});

describe('a redemption', () => {
  const sales = [sale('2011-05-01', 100_00, 'a'), sale('2011-05-02', 50_00, 'b')];
  const on = (day: string, points: number) => ({ day: numberOf(day), points });

  it('uses the oldest points first', () => {
    const { lots } = ledgerOf(sales, rules, null, TODAY, { redemptions: [on('2011-06-01', 12)] });
    expect(lots.map(({ left }) => left)).toEqual([0, 3]);
  });

  it('never takes more than there is', () => {
    const ledger = ledgerOf(sales, rules, null, TODAY, { redemptions: [on('2011-06-01', 99)] });
    expect(ledger).toMatchObject({ redeemed: 15, balance: 0 });
  });

  it('is not undone by a refund of what earned it', () => {
    const refunded = [...sales, sale('2011-07-01', -100_00, 'a')];
    const ledger = ledgerOf(refunded, rules, null, TODAY, { redemptions: [on('2011-06-01', 8)] });
    expect(ledger).toMatchObject({ redeemed: 8, undone: 2, balance: 5 });
  });

  it('after the day has not happened yet', () => {
    expect(balance(sales, rules, null, TODAY, { redemptions: [on('2011-12-10', 5)] })).toBe(15);
  });
});

describe('a bonus', () => {
  const bonus = { day: numberOf('2011-05-01'), points: 40 };
  const on = (sales: Parameters<typeof ledgerOf>[0], day: string, more = {}) =>
    ledgerOf(sales, rules, 5, numberOf(day), { bonus, ...more });

  it('is there from its day on, for as long as other points, and not doubled', () => {
    expect(on([], '2011-04-30')).toMatchObject({ balance: 0, earned: 0, lots: [] });
    expect(on([], '2011-05-01').balance).toBe(40);
    expect(on([], '2012-04-30').balance).toBe(40);
    expect(on([], '2012-05-01')).toMatchObject({ balance: 0, expired: 40 });
  });

  it('is undone by no refund', () => {
    const sales = [sale('2011-06-01', 100_00, 'a'), sale('2011-06-02', -900_00, 'a')];
    expect(on(sales, '2011-12-09')).toMatchObject({ balance: 40, undone: 10 });
  });

  it('is used in the order of its day, before purchases of that day', () => {
    const sales = [
      sale('2011-04-01', 100_00, 'a'),
      sale('2011-05-01', 50_00, 'b'),
      sale('2011-06-01', 30_00, 'c'),
    ];
    const redemptions = [{ day: numberOf('2011-07-01'), points: 45 }];
    const { lots } = on(sales, '2011-12-09', { redemptions });
    expect(lots.map(({ reference, left }) => [reference, left])).toEqual([
      ['a', 0],
      [null, 5],
      ['b', 10],
      ['c', 3],
    ]);
  });
});

describe('the rules of points', () => {
  it('are in minor units of the account’s currency', () => {
    expect(pointsRulesOf(policy, 'CNY')?.perPoint).toBe(10_00);
    expect(pointsRulesOf(policy, 'JPY')?.perPoint).toBe(10);
    const odd = { ...policy, points: { ...policy.points, amountPerPoint: 1.1 } };
    expect(pointsRulesOf(odd, 'EUR')?.perPoint).toBe(110);
  });

  it('are none where the policy gives no points, or for another currency only', () => {
    const off = { ...policy, points: { ...policy.points, enabled: false } };
    const yuan = { ...policy, points: { ...policy.points, currency: 'CNY' } };
    expect(pointsRulesOf(off, 'CNY')).toBeNull();
    expect(pointsRulesOf(yuan, 'EUR')).toBeNull();
    expect(pointsRulesOf(yuan, 'CNY')).toMatchObject({ foreignEarns: false });
    expect(pointsRulesOf(policy, 'CNY')).toMatchObject({ foreignEarns: true });
  });
});

describe('the ledger of any customer', () => {
  const anyDay = fc.integer({ min: 13_000, max: 16_500 });
  const redemptions = fc.array(
    fc.record({ day: anyDay, points: fc.integer({ min: 0, max: 500 }) }),
    { maxLength: 5 },
  );
  const beside = fc.record({
    bonus: fc.option(fc.record({ day: anyDay, points: fc.integer({ min: 1, max: 500 }) })),
    redemptions,
  });
  const birthMonth = fc.option(fc.integer({ min: 1, max: 12 }));

  it('adds up, and never falls below zero', () => {
    fc.assert(
      fc.property(
        deals,
        birthMonth,
        anyDay,
        beside,
        (given, month, day, { bonus, redemptions: used }) => {
          const ledger = ledgerOf(history(given).sales, rules, month, day, {
            bonus,
            redemptions: used,
          });
          const { earned, expired, undone, redeemed, balance: left, lots } = ledger;
          expect(earned - expired - undone - redeemed).toBe(left);
          expect(lots.reduce((sum, lot) => sum + lot.left, 0)).toBe(left);
          for (const lot of lots) {
            expect(lot.left).toBeGreaterThanOrEqual(0);
            expect(lot.left).toBeLessThanOrEqual(lot.points);
            if (lot.expiresDay <= day) expect(lot.left).toBe(0);
          }
        },
      ),
    );
  });

  it('does not depend on the order of its deals', () => {
    fc.assert(
      fc.property(
        deals.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray([...given], { minLength: given.length }),
          ),
        ),
        anyDay,
        ([given, shuffled], day) => {
          const ledger = (of: typeof given) => ledgerOf(history(of).sales, rules, 5, day);
          expect(ledger(shuffled)).toEqual(ledger(given));
        },
      ),
    );
  });

  it('takes 200,000 orders and as many refunds in its stride', () => {
    const many = Array.from({ length: 200_000 }, (_, at) =>
      at % 2 === 0
        ? won('2011-06-01', 10_00, { id: `${at}` })
        : won(AS_OF, -10_00, { id: `C${at}` }),
    );
    const { sales } = history(many);
    expect(balance(sales, rules, null, TODAY)).toBe(0);
  }, 5_000);
});
