import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldValues, fieldKeys } from '../../src/domain/field.ts';
import type { Score } from '../../src/domain/score.ts';
import { withoutEndZeros } from '../../src/plan/decimal.ts';
import { desiredFields } from '../../src/plan/desired-fields.ts';
import { changeOf } from '../../src/plan/plan-customer.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { deal, won } from '../score/builders.ts';
import { policy } from '../score/default-policy.ts';
import { someHistory } from '../score/forward/some-customer.ts';
import { scored, scoreOf } from '../score/score-of.ts';

const everything: Policy = { ...policy, fields: fieldKeys.map((key) => ({ key, name: key })) };
const score = scoreOf([won('2011-09-01', 120_00), won('2011-11-01', 130_50)], {
  policy: everything,
});
const changed = (held: FieldValues, rules = everything) =>
  changeOf({ score, held, lists: [] }, rules);

/** Fields that hold something. */
const filled = (values: FieldValues) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

describe('what the CRM should hold', () => {
  it('is canonical text for every field', () => {
    expect(filled(desiredFields(score, everything))).toEqual({
      value_tier: 'bronze',
      value_grade: 'bronze_a',
      value_score: '28',
      loyalty_score: '25',
      activity_index: '25',
      rfm: '422',
      recency_score: '4',
      frequency_score: '2',
      monetary_score: '2',
      segment: 'promising',
      quadrant: 'other',
      customer_class: 'existing',
      lifecycle: 'repeat',
      lifecycle_since: '2011-11-01',
      frequency_class: 'low',
      importance: 'normal',
      standards_met: '0',
      service_level: 'standard',
      communication_strategy: 'wide',
      points_balance: '25',
      points_value: '1.25',
      points_expiring: '0',
      biweekly_list: 'no',
      next_order_on: '2012-01-01',
      data_quality: '0',
      data_problems: 'e-mail missing, name missing, country missing',
      net_amount: '250.5',
      orders: '2',
      first_order_on: '2011-09-01',
      last_order_on: '2011-11-01',
      confidence: '0.72',
      next_step: 'One more order of 250 GBP by 2012-03-31 → Silver.',
      reason: expect.stringContaining('Bronze. Value 28'),
    });
  });

  it('tells of what is not found from one customer alone', () => {
    const more: Score = {
      ...score,
      credit: { score: 48, parts: [], unknown: [], confidence: 1 },
      fall: { on: '2012-02-01', to: 'bronze' },
      stability: { periods: 4, meanMinor: 1, variation: 0.355, steady: true },
      standards: {
        steadySpend: true,
        credit: false,
        loyalty: true,
        feedback: null,
        referral: null,
        met: 2,
      },
      eligibility: { weeklyMinor: 1, biweekly: true, coupon: 35 },
      points: { balance: 3, valueMinor: 15, expiring: 2, expireOn: '2012-01-05' },
      prediction: {
        model: 'bgnbd',
        basis: 'likelihood',
        horizonDays: 365,
        probabilityBuys: 0.5,
        expectedOrders: 1.25,
        spendMinor: 99_90,
        lifetimeMinor: 120_00,
        years: 3,
      },
      prospect: { score: 71, because: [{ attribute: 'country', value: 'DE', lift: 2.345 }] },
      tier: null,
      grade: null,
    };
    expect(filled(desiredFields(more, everything, 'zh'))).toMatchObject({
      credit_score: '48',
      falls_on: '2012-02-01',
      spend_stability: '0.36',
      standards_met: '2',
      standards: '消费稳定、忠诚',
      biweekly_list: 'yes',
      coupon_band: '35 GBP',
      points_expiring: '2',
      points_expire_on: '2012-01-05',
      probability_buys: '0.5',
      expected_orders: '1.25',
      expected_spend: '99.9',
      lifetime_value: '120',
      prospect_score: '71',
      prospect_reason: '国家 DE（可能性为 2.3 倍）',
    });
    const unknown = ['value_tier', 'value_grade', 'service_level', 'communication_strategy'];
    expect(desiredFields(more, everything)).toMatchObject(
      Object.fromEntries(unknown.map((key) => [key, null])),
    );
  });

  it('is nothing at all for who opted out', () => {
    expect(filled(desiredFields({ ...score, optedOut: true }, everything))).toEqual({});
  });

  it('is only what the policy writes', () => {
    expect(Object.keys(desiredFields(score, policy))).toEqual(policy.fields.map(({ key }) => key));
  });

  it('is nothing for a customer who never bought, and the cause where deals were left out', () => {
    expect(filled(desiredFields(scoreOf([]), policy))).toEqual({});
    const broken = filled(desiredFields(scoreOf([deal({ closedOn: null })]), policy));
    expect(broken).toEqual({ reason: expect.stringContaining('1 without close date') });
  });

  it('is a class and the quality of the record for them, where the policy writes those', () => {
    expect(filled(desiredFields(scoreOf([]), everything))).toEqual({
      customer_class: 'potential',
      lifecycle: 'potential',
      frequency_class: 'potential',
      data_quality: '0',
      data_problems: 'e-mail missing, name missing, country missing',
    });
  });

  it('has decimals without zeros at the end', () => {
    expect(['12.50', '3.00', '-0.10', '100', '0.00', '10.05'].map(withoutEndZeros)).toEqual([
      '12.5',
      '3',
      '-0.1',
      '100',
      '0',
      '10.05',
    ]);
  });
});

describe('the change of one customer', () => {
  it('is none in an unchanged world', () => {
    fc.assert(
      fc.property(someHistory, (of) => {
        const one = scored(of, undefined, { policy: everything });
        const held = desiredFields(one, everything);
        expect(changeOf({ score: one, held, lists: [] }, everything)).toBeNull();
      }),
    );
  });

  it('brings what is held to what is wanted, whatever is held', () => {
    const heldValue = fc.option(fc.constantFrom('gold', '28', '422', 'x'), { nil: null });
    const heldFields = fc.dictionary(fc.constantFrom(...fieldKeys), heldValue);
    fc.assert(
      fc.property(heldFields, (held) => {
        const steps = changed(held)?.fields ?? [];
        const after = { ...held, ...Object.fromEntries(steps.map(({ key, to }) => [key, to])) };
        expect(filled(after)).toEqual(filled(desiredFields(score, everything)));
        for (const { key, from, to } of steps) {
          expect(from).toBe(held[key] ?? null);
          expect(to).not.toBe(from);
        }
      }),
    );
  });

  it('is as pressing as its most pressing field', () => {
    const held = desiredFields(score, everything);
    expect(changed({ ...held, orders: '1', value_score: '1', value_tier: 'gold' })?.priority).toBe(
      'tier',
    );
    expect(changed({ ...held, orders: '1', rfm: '111' })?.priority).toBe('score');
    expect(changed({ ...held, orders: '1' })).toEqual({
      customerId: 'c1',
      priority: 'fact',
      fields: [{ key: 'orders', from: '1', to: '2' }],
    });
  });

  it('clears what a customer without a purchase still holds', () => {
    const nobody = scoreOf([]);
    expect(changeOf({ score: nobody, held: { value_tier: 'gold' }, lists: [] }, policy)).toEqual({
      customerId: 'c1',
      priority: 'tier',
      fields: [{ key: 'value_tier', from: 'gold', to: null }],
    });
  });

  it('leaves alone what the policy does not write', () => {
    const held = { ...desiredFields(score, policy), recency_score: '1' };
    expect(changed(held, policy)).toBeNull();
  });
});
