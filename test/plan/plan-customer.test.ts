import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldValues, fieldKeys } from '../../src/domain/field.ts';
import { withoutEndZeros } from '../../src/plan/decimal.ts';
import { desiredFields } from '../../src/plan/desired-fields.ts';
import { changeOf } from '../../src/plan/plan-customer.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { scoreCustomer } from '../../src/score/score-customer.ts';
import { anyBase, anySignals } from '../score/arbitraries.ts';
import { cutsOf } from '../score/base.ts';
import { deal, signals, won } from '../score/builders.ts';
import { policy } from '../score/default-policy.ts';

const cuts = cutsOf([]);
const everything: Policy = { ...policy, fields: fieldKeys.map((key) => ({ key, name: key })) };
const score = scoreCustomer(
  signals([won('2011-09-01', 120_00), won('2011-11-01', 130_50)]),
  cuts,
  everything,
);
const changed = (held: FieldValues, rules = everything) =>
  changeOf({ score, held, lists: [] }, rules);

describe('what the CRM should hold', () => {
  it('is canonical text for every field', () => {
    expect(desiredFields(score, everything)).toEqual({
      value_tier: 'bronze',
      value_score: '28',
      loyalty_score: '25',
      rfm: '422',
      recency_score: '4',
      frequency_score: '2',
      monetary_score: '2',
      net_amount: '250.5',
      orders: '2',
      first_order_on: '2011-09-01',
      last_order_on: '2011-11-01',
      confidence: '0.72',
      reason: expect.stringContaining('Bronze. Value 28'),
    });
  });

  it('is only what the policy writes', () => {
    expect(Object.keys(desiredFields(score, policy))).toEqual(policy.fields.map(({ key }) => key));
  });

  it('is nothing for a customer who never bought, and the cause where deals were left out', () => {
    const empty = desiredFields(scoreCustomer(signals([]), cuts, everything), everything);
    expect(Object.values(empty).every((value) => value === null)).toBe(true);
    const broken = scoreCustomer(signals([deal({ closedOn: null })]), cuts, everything);
    const { reason, ...others } = desiredFields(broken, everything);
    expect(reason).toContain('1 without close date');
    expect(Object.values(others).every((value) => value === null)).toBe(true);
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
      fc.property(anySignals, anyBase, (given, base) => {
        const scored = scoreCustomer(given, cutsOf(base), everything);
        const held = desiredFields(scored, everything);
        expect(changeOf({ score: scored, held, lists: [] }, everything)).toBeNull();
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
        expect(after).toMatchObject(desiredFields(score, everything));
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
    const nobody = scoreCustomer(signals([]), cuts, policy);
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
