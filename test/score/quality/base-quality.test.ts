import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BaseQuality } from '../../../src/score/quality/base-quality.ts';
import { deals } from '../arbitraries.ts';
import { AS_OF, customer, deal, history, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { everyNumberIn } from '../every-number.ts';
import { numberOf } from '../points/day-of.ts';

const noRevenue = { wonMinor: 0, unattributed: {} };
const known = { ...customer, email: 'm@example.com', name: 'Mary', country: 'GB' };

function baseOf(...histories: readonly ReturnType<typeof history>[]): BaseQuality {
  const base = new BaseQuality(policy, numberOf(AS_OF));
  for (const one of histories) base.add(one);
  return base;
}

describe('the quality of a base', () => {
  it('counts customers by what is wrong with them, and deals by cause', () => {
    const base = baseOf(
      history([won('2011-11-01', 10_00)], {
        customer: { ...known, birthday: '1980-06-15' },
        isDuplicateCandidate: true,
      }),
      history([deal({ closedOn: null }), won('2011-12-10', 5_00)], { customer: known }),
      history([deal({ homeAmount: null, amount: null })], { customer: { ...known, email: 'm' } }),
      history([]),
    );
    expect(base.build(noRevenue)).toEqual({
      customers: 4,
      optedOut: 0,
      complete: 3,
      withProblems: 3,
      completeness: 0.75,
      recordProblems: {
        'email-missing': 1,
        'email-invalid': 1,
        'name-missing': 1,
        'country-missing': 1,
        'duplicate-candidate': 1,
      },
      dealProblems: { 'amount-missing': 1, 'date-in-future': 1, 'date-missing': 1 },
      scoreable: 1,
      birthdaysUnknown: 3,
      unattributed: {},
      unattributedShare: null,
      gate: { needed: policy.quality.gate, passed: true },
    });
  });

  it('asks nothing of who is left out', () => {
    const leftOut = history([], { customer: { ...known, optedOut: true } });
    expect(baseOf(leftOut).build(noRevenue)).toMatchObject({
      customers: 0,
      optedOut: 1,
      completeness: null,
    });
  });

  it('says what share of won revenue reaches nobody, and why', () => {
    const unattributed = {
      'no-customer': { deals: 3, minor: 15_00 },
      'customer-gone': { deals: 1, minor: 5_00 },
    };
    expect(baseOf().build({ wonMinor: 100_00, unattributed })).toMatchObject({
      unattributed: { 'no-customer': { deals: 3, share: 0.15 }, 'customer-gone': { share: 0.05 } },
      unattributedShare: 0.2,
    });
    const refunded = { 'no-customer': { deals: 1, minor: -15_00 } };
    expect(baseOf().build({ wonMinor: 100_00, unattributed: refunded }).unattributedShare).toBe(0);
  });

  it('passes the gate from the policy’s completeness on', () => {
    expect(baseOf(history([])).build(noRevenue).gate.passed).toBe(false);
    expect(baseOf(history([], { customer: known })).build(noRevenue).gate.passed).toBe(true);
    expect(baseOf().build(noRevenue)).toMatchObject({ completeness: null, gate: { passed: null } });
  });

  it('does not depend on the order of its customers, and knows every number', () => {
    fc.assert(
      fc.property(fc.array(deals, { maxLength: 6 }), (bases) => {
        const histories = bases.map((given) => history(given));
        const report = baseOf(...histories).build(noRevenue);
        expect(baseOf(...histories.toReversed()).build(noRevenue)).toEqual(report);
        expect(everyNumberIn(report, Number.isFinite)).toBe(true);
      }),
    );
  });
});
