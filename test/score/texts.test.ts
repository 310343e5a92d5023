import { describe, expect, it } from 'vitest';
import { factText } from '../../src/score/fact-text.ts';
import { reasonTexts } from '../../src/score/reason-texts.ts';

const { en, zh } = reasonTexts;

/** Every fact that a rule may state. */
const facts = {
  orders: 1,
  recency: 1,
  frequency: 2,
  monetary: 3,
  windowMonths: 12,
  highPerYear: 6,
  netMinor: 12_345,
  beforeMinor: 100,
  fromMinor: 200,
  customers: 7,
  percentOfNet: 80.1,
  firstOrderOn: '2011-01-01',
  lastOrderOn: '2011-11-01',
  createdOn: '2010-12-01',
  value: 30,
  valueFrom: 60,
  loyalty: 20,
  loyaltyFrom: 60,
  by: 'A. Meier',
  why: 'founder',
  until: '2012-12-31',
  discounted: 2,
  discountMinor: 500,
  family: 'lamps',
  ordersOfFamily: 3,
  ordersWithProducts: 4,
  probabilityBuys: 0.29,
  horizonDays: 365,
};

describe('the texts of classes', () => {
  it('are for the same rules in both languages', () => {
    expect(Object.keys(zh.classes)).toEqual(Object.keys(en.classes));
    expect(Object.keys(zh.partFacts)).toEqual(Object.keys(en.partFacts));
    expect(Object.keys(zh.whyUnknown)).toEqual(Object.keys(en.whyUnknown));
  });

  it.each(Object.keys(en.classes))('of %s are whole, or none when a fact is missing', (code) => {
    for (const { classes } of [en, zh]) {
      expect(factText({ code, facts }, 'GBP', classes)).toMatch(/\S/);
      expect(factText({ code, facts }, 'GBP', classes)).not.toMatch(/undefined|NaN|\?/);
      expect(factText({ code, facts: {} }, 'GBP', classes) ?? '').not.toMatch(/\d/);
    }
  });

  it('state amounts, shares and who set it', () => {
    const text = (code: string) => factText({ code, facts }, 'GBP', en.classes);
    expect(text('trend.falling')).toBe('123.45 GBP in 12 months after 1.00 GBP in those before');
    expect(text('churn_risk.chance')).toBe('29 % likely to buy within 365 days');
    expect(text('importance.named')).toBe('set by A. Meier: founder; until 2012-12-31');
  });
});
