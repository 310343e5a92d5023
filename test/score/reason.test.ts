import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { desiredFields } from '../../src/plan/desired-fields.ts';
import { REASON_LENGTH, reasonText } from '../../src/score/reason.ts';
import { scoreCustomer } from '../../src/score/score-customer.ts';
import { anySignals } from './arbitraries.ts';
import { cutsOf } from './base.ts';
import { deal, signals, won } from './builders.ts';
import { policy } from './default-policy.ts';

const cuts = cutsOf([]);
const reason = (deals: Parameters<typeof signals>[0], rules = policy): string =>
  reasonText(scoreCustomer(signals(deals), cuts, rules), rules, 'en');

describe('the reason in the CRM', () => {
  it('tells tier, points, money, last order and what is unknown', () => {
    expect(reason([won('2011-11-01', 120_00), won('2011-12-01', 130_50)])).toBe(
      'Bronze. Value 28: spend 15/50, loyalty 13/50. 250.50 GBP net, 2 orders in 12 months; last 2011-12-01. Loyalty 25: repeat purchases 25/75, referrals 0/25. Unknown: credit, events.',
    );
  });

  it('says one order, and what was left out', () => {
    const text = reason([won('2011-11-01', 120_00), deal({ amount: null, homeAmount: null })]);
    expect(text).toContain('1 order in 12 months; last 2011-11-01.');
    expect(text).toContain('Deals left out: 1 without amount.');
  });

  it('says when too little is known for a tier', () => {
    const strict = { ...policy, value: { ...policy.value, minimumConfidence: 1 } };
    expect(reason([won('2011-11-01', 1)], strict)).toMatch(/^No tier: too little is known\. Value/);
  });

  it('says so when nothing that has weight is known of a buyer', () => {
    const none = {
      ...policy,
      value: { ...policy.value, weights: { spend: 0, loyalty: 0, credit: 1 } },
      loyalty: { ...policy.loyalty, weights: { repeat: 0, referral: 0, participation: 1 } },
    };
    expect(reason([won('2011-11-01', 1_00)], none)).toBe(
      'No tier: too little is known. 1.00 GBP net, 1 order in 12 months; last 2011-11-01.',
    );
  });

  it('says why there is no score', () => {
    expect(reason([deal({ closedOn: '2012-01-01' })])).toBe(
      'No won deal that counts. Deals left out: 1 closing in the future.',
    );
  });

  it('keeps the key of a tier that the policy no longer has', () => {
    const score = scoreCustomer(signals([won('2011-11-01', 1)]), cuts, policy);
    expect(reasonText({ ...score, tier: 'diamond' }, policy, 'en')).toMatch(/^diamond\. /);
  });

  it('is one line of at most 250 characters, whatever the customer', () => {
    const longest = {
      ...policy,
      tiers: {
        ...policy.tiers,
        classes: policy.tiers.classes.map((tier) => ({ ...tier, label: { en: 'x'.repeat(40) } })),
      },
    };
    fc.assert(
      fc.property(anySignals, (given) => {
        const text = reasonText(scoreCustomer(given, cuts, longest), longest, 'en');
        expect(text.length).toBeLessThanOrEqual(REASON_LENGTH);
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/\n|undefined|null|NaN/);
        expect(text).not.toBe('');
      }),
    );
  });

  it('does not change from one day to the next by itself', () => {
    const deals = [won('2011-09-01', 120_00), won('2011-10-01', 130_50), won('2011-11-01', 10_00)];
    const fields = (asOf: string) =>
      desiredFields(scoreCustomer(signals(deals, { asOf }), cuts, policy), policy);
    const days = Array.from(
      { length: 12 },
      (_, at) => `2011-12-${String(at + 1).padStart(2, '0')}`,
    );
    expect(new Set(days.map((day) => JSON.stringify(fields(day)))).size).toBe(2);
    // The one change: 30 days after the last order R falls from 5 to 4.
    expect([fields('2011-12-01')['rfm'], fields('2011-12-02')['rfm']]).toEqual(['532', '432']);
  });
});
