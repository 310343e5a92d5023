import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/policy/language.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { REASON_LENGTH, reasonText } from '../../src/score/reason.ts';
import { deal, won } from './builders.ts';
import { policy } from './default-policy.ts';
import { someHistory } from './forward/some-customer.ts';
import { scored, scoreOf } from './score-of.ts';

const reason = (deals: Parameters<typeof scoreOf>[0], rules: Policy = policy): string =>
  reasonText(scoreOf(deals, { policy: rules }), rules, 'en');

describe('the reason in the CRM', () => {
  it('tells tier, points, money, last order and what is unknown', () => {
    expect(reason([won('2011-11-01', 120_00), won('2011-12-01', 130_50)])).toBe(
      'Bronze. Value 28: spend 15/50, loyalty 13/50. 250.50 GBP net, 2 orders in 12 months; last 2011-12-01. One more order of 2250 GBP by 2012-03-31 → Silver. Unknown: credit, events. Loyalty 25: repeat purchases 25/75, referrals 0/25.',
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
    const score = scoreOf([won('2011-11-01', 1)]);
    expect(reasonText({ ...score, tier: 'diamond' }, policy, 'en')).toMatch(/^diamond\. /);
  });

  it('says in Chinese what it says in English', () => {
    const score = scoreOf([won('2011-11-01', 120_00), won('2011-12-01', 130_50)]);
    expect(reasonText(score, policy, 'zh')).toBe(
      '青铜客户。价值 28：消费 15/50，忠诚度 13/50。近 12 个月 2 单，净消费 250.50 GBP，最近购买 2011-12-01。2012-03-31 之前（含当日）再下一单满 2250 GBP，即可升为白银客户。未知：信用、参与活动。忠诚度 25：重复购买 25/75，推荐他人 0/25。',
    );
  });

  it.each(['hysteresis', 'grace', 'review', 'step', 'floor'] as const)(
    'says that a tier is held by %s, and until when',
    (code) => {
      const score = scoreOf([won('2011-11-01', 120_00)]);
      const held = { code, without: 'bronze', until: '2012-01-15' };
      const fall = { on: '2012-01-15', to: 'bronze' };
      for (const language of ['en', 'zh'] as const) {
        const open = reasonText({ ...score, held: { ...held, until: null } }, policy, language);
        const text = reasonText({ ...score, tier: 'silver', held, fall }, policy, language);
        expect(text).toMatch(language === 'en' ? /^Silver: .*alone Bronze, / : /^白银客户：.*青铜/);
        expect(text).toContain('2012-01-15');
        expect(open).not.toContain('2012-01-15');
      }
    },
  );

  it('is one line of at most 250 characters, whatever the customer', () => {
    const longest = {
      ...policy,
      tiers: {
        ...policy.tiers,
        classes: policy.tiers.classes.map((tier) => ({ ...tier, label: { en: '𠮷'.repeat(40) } })),
      },
    };
    fc.assert(
      fc.property(someHistory, fc.constantFrom(...languages), (of, language) => {
        for (const rules of [longest, policy]) {
          const text = reasonText(scored(of, undefined, { policy: rules }), rules, language);
          expect([...text].length).toBeLessThanOrEqual(REASON_LENGTH);
          expect(text).toBe(text.trim());
          expect(text).not.toMatch(/\n|undefined|null|NaN|\?/);
          expect(text).not.toBe('');
        }
      }),
    );
  });

  it('does not change from one day to the next by itself', () => {
    const deals = [won('2011-09-01', 120_00), won('2011-10-01', 130_50), won('2011-11-01', 10_00)];
    const texts = Array.from({ length: 12 }, (_, at) => {
      const asOf = `2011-12-${String(at + 1).padStart(2, '0')}`;
      return reasonText(scoreOf(deals, { asOf }), policy, 'en');
    });
    expect(new Set(texts).size).toBeLessThanOrEqual(2);
  });
});
