import { describe, expect, it } from 'vitest';
import type { NamedRule } from '../../../src/domain/history.ts';
import type { Prediction } from '../../../src/domain/result.ts';
import { classesChangeAfter } from '../../../src/score/classes/classes-change.ts';
import { AS_OF, customer, history, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { classesOn, dayOf, type Given, historyDay, later, ordersOn } from './class-day.ts';

const prediction = (probabilityBuys: number): Prediction => ({
  model: 'bgnbd',
  basis: 'likelihood',
  horizonDays: 365,
  probabilityBuys,
  expectedOrders: 1,
  spendMinor: null,
  lifetimeMinor: null,
  years: 3,
});

describe('the frequency class', () => {
  const monthly = ['01', '02', '03', '04', '05', '06'].map((month) => `2011-${month}-01`);
  const classOf = (days: readonly string[]) => classesOn(dayOf(ordersOn(...days))).frequency_class;

  it('is high from six orders a year, low below, potential without any', () => {
    expect(classOf(monthly)).toMatchObject({ key: 'high', facts: { orders: 6 } });
    expect(classOf(monthly.slice(1))).toMatchObject({ key: 'low', facts: { orders: 5 } });
    expect(classOf(['2001-01-01'])?.key).toBe('low');
    expect(classOf([])?.key).toBe('potential');
  });

  it('counts a year where the window is longer', () => {
    const rules = { ...policy, windowMonths: 24 };
    expect(classesOn(dayOf(ordersOn(...monthly), { rules })).frequency_class?.key).toBe('low');
  });
});

describe('importance', () => {
  const rule = { floor: null, why: 'does not pay', by: 'A. Meier', until: AS_OF };
  const named = (given: Partial<NamedRule>, asOf: string = AS_OF) =>
    classesOn(historyDay({ ...history([]), named: { ...rule, importance: null, ...given } }, asOf))
      .importance;

  it('is black by hand only, with why and by whom, up to the last day of the rule', () => {
    expect(named({ importance: 'black' })).toEqual({
      key: 'black',
      since: null,
      code: 'importance.named',
      facts: { why: 'does not pay', by: 'A. Meier', until: AS_OF },
    });
    expect(named({ importance: 'black' }, later(AS_OF, 1))).toBeUndefined();
    expect(named({ importance: 'black', until: null }, '2099-01-01')?.key).toBe('black');
  });

  it('is red by hand or in the highest tier, else normal', () => {
    const day = dayOf(ordersOn('2011-12-01'));
    const standing = { tier: 'platinum', since: '2011-12-01', before: null, belowSince: null };
    expect(named({ importance: 'red' })?.key).toBe('red');
    expect(classesOn(day, { tier: 'platinum', standing }).importance).toMatchObject({
      key: 'red',
      since: '2011-12-01',
      code: 'importance.top_tier',
    });
    expect(classesOn(day, { tier: 'gold' }).importance?.key).toBe('normal');
  });

  it('is normal for who is named without it, and unsaid of who has neither tier nor name', () => {
    expect(named({ floor: 'gold' })).toMatchObject({ key: 'normal', facts: {} });
    expect(classesOn(dayOf([])).importance).toBeUndefined();
  });
});

describe('key accounts [004:243]', () => {
  const keyAccounts = {
    fromMinor: 500_00,
    customers: 20,
    shareOfCustomers: 0.2,
    shareOfNet: 0.8012,
  };
  const classOf = (minor: number, given: Given = { cuts: { keyAccounts } }) =>
    classesOn(dayOf([won('2011-12-01', minor)], given)).key_account;

  it('are those whose net amount reaches the cut, with the real split', () => {
    expect(classOf(500_00)).toMatchObject({
      key: 'key',
      facts: { netMinor: 500_00, customers: 20, percentOfCustomers: 20, percentOfNet: 80.1 },
    });
    expect(classOf(499_99)?.key).toBe('other');
  });

  it('are never those without a net amount, and unsaid where the base has none', () => {
    const none = { ...keyAccounts, fromMinor: 0 };
    expect(classOf(0, { cuts: { keyAccounts: none } })?.key).toBe('other');
    expect(classOf(500_00, {})).toBeUndefined();
    expect(classesOn(dayOf([], { cuts: { keyAccounts } })).key_account).toBeUndefined();
  });
});

describe('the churn risk', () => {
  it('goes by the chance to buy, each limit in the better class', () => {
    const day = dayOf(ordersOn('2011-12-01'));
    const risk = (chance: number) => classesOn(day, { prediction: prediction(chance) }).churn_risk;
    expect([0, 0.29, 0.3, 0.59, 0.6, 1].map((chance) => risk(chance)?.key)).toEqual([
      'high',
      'high',
      'medium',
      'medium',
      'low',
      'low',
    ]);
    expect(risk(0.3)?.facts).toMatchObject({ probabilityBuys: 0.3, horizonDays: 365 });
    expect(classesOn(day).churn_risk).toBeUndefined();
  });
});

describe('attribute segments', () => {
  const looks = { label: { en: 'x', zh: 'x' }, description: { en: '', zh: '' } };
  const segment = (key: string, where: Record<string, string[]>) => ({
    ...{ ...looks, icon: 'map', colour: '#000000', key },
    where,
  });
  const classes = [
    segment('dach_trade', { country: ['DE', 'AT'], trade: ['Wood'] }),
    segment('dach', { country: ['DE', 'AT'] }),
    segment('late', { country: ['DE'] }),
  ];
  const attribute_segment = { ...policy.families.attribute_segment, classes };
  const rules = { ...policy, families: { ...policy.families, attribute_segment } };
  const classOf = (country: string | null, attributes: Record<string, string> = {}) =>
    classesOn(dayOf([], { rules, customer: { ...customer, country, attributes } }))
      .attribute_segment;

  it('are the first all of whose attributes fit, capitals aside', () => {
    expect(classOf('de', { trade: ' wood' })).toMatchObject({
      key: 'dach_trade',
      facts: { country: 'de', trade: ' wood' },
    });
    expect(classOf('DE')?.key).toBe('dach');
    expect(classOf('FR')).toBeUndefined();
    expect(classOf(null)).toBeUndefined();
    expect(classOf('FR', { trade: 'wood' })).toBeUndefined();
  });
});

describe('the classes of a customer', () => {
  it('who never bought are those that need no purchase', () => {
    expect(Object.keys(classesOn(dayOf([]))).sort()).toEqual([
      'customer_class',
      'frequency_class',
      'lifecycle',
    ]);
  });

  it('with 200,000 orders are found in a moment', () => {
    const days = Array.from({ length: 200_000 }, (_, at) =>
      won(later('1971-01-01', at % 14_900), at, { id: String(at), products: [String(at % 9)] }),
    );
    const day = dayOf(days);
    const start = performance.now();
    expect(classesOn(day).interest?.key).toBe('function_interested');
    expect(classesChangeAfter(day)).toBeGreaterThan(day.today);
    // About 15 ms; the rest is for a busy machine.
    expect(performance.now() - start).toBeLessThan(400);
  });
});
