import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/schema.ts';
import { namedRuleOf } from '../../src/score/named.ts';
import { customer, history, won } from './builders.ts';
import { policy } from './default-policy.ts';

const rule = { floor: 'gold', importance: null, why: 'founder', by: 'A. Meier', until: null };
const naming = (name: string): Policy => ({ ...policy, named: [{ customer: name, ...rule }] });
const known = { ...customer, externalId: 'K-1001', email: 'Ann@Example.com' };

describe('a rule by hand', () => {
  it('finds its customer by external id, record id or e-mail, however its letters are typed', () => {
    for (const name of ['K-1001', 'c1', 'ann@example.com', 'ANN@EXAMPLE.COM'])
      expect(namedRuleOf([known], naming(name))).toEqual(rule);
  });

  it('is of nobody else, nor of a customer of whom nothing but the id is known', () => {
    for (const name of ['k-1001', 'c10', 'bob@example.com'])
      expect(namedRuleOf([known], naming(name))).toBeNull();
    expect(namedRuleOf([customer], naming('ann@example.com'))).toBeNull();
    expect(namedRuleOf([known], policy)).toBeNull();
  });

  it('goes into the history; the first of two for one customer counts', () => {
    const rules = naming('c1');
    const twice = { ...rules, named: [...rules.named, { customer: 'c1', ...rule, floor: null }] };
    expect(history([won('2011-12-01', 1)], { policy: twice }).named).toEqual(rule);
  });
});
