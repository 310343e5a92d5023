import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import type { CutPoints, ProspectProfile } from '../../../src/policy/cut-points.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { prospectProfile } from '../../../src/score/prospects/profile.ts';
import { prospectOf } from '../../../src/score/prospects/prospect.ts';
import { policy } from '../default-policy.ts';
import { everyNumberIn } from '../every-number.ts';
import { anyBuyer, anyBuyers } from '../predict/arbitrary-buyers.ts';
import { baseOf, buyer, cutsOfBase, dayOf } from '../predict/whole-base.ts';

const rulesOf = (given: Partial<Policy['prospects']>): Policy => ({
  ...policy,
  prospects: { ...policy.prospects, ...given },
});
const loose = rulesOf({ attributes: ['country', 'industry', 'size'], minimumBase: 1 });

/** The profile of a base under spend thresholds at 10 and 100 units. */
function profile(customers: readonly CustomerHistory[], rules: Policy): ProspectProfile | null {
  return prospectProfile(baseOf(customers, rules), [10_00, 100_00]);
}

const times = (
  count: number,
  minor: number,
  attributes: Readonly<Record<string, string>>,
): readonly CustomerHistory[] =>
  Array.from({ length: count }, () => buyer([[20, minor]], { attributes }));

/** Ten of fifty are the best: eight of the ten from DE, two of the forty from elsewhere. */
const shop = [
  ...times(8, 500_00, { country: 'DE' }),
  ...times(2, 5_00, { country: ' de' }),
  ...times(2, 500_00, { country: 'FR' }),
  ...times(28, 5_00, { country: 'FR' }),
  ...times(10, 5_00, {}),
];

function prospectUnder(
  profiled: ProspectProfile | null,
  attributes: Readonly<Record<string, string>>,
  rules: Policy = loose,
) {
  const cuts: CutPoints = { ...cutsOfBase([]), prospects: profiled };
  return prospectOf(dayOf(buyer([], { attributes }), cuts, undefined, rules));
}

describe('what tells the best customers', () => {
  it('is how much likelier they have an attribute’s value, shrunk to the average', () => {
    const found = profile(shop, policy);
    expect(found).toMatchObject({ customers: 50, top: 10 });
    // Two in ten are the best: (8 + 20 · 0.2) / (10 + 20) / 0.2 and (2 + 4) / (30 + 20) / 0.2.
    expect(found?.lifts['country']?.['de']).toBeCloseTo(2, 12);
    expect(found?.lifts['country']?.['fr']).toBeCloseTo(0.6, 12);
    const plain = profile(shop, rulesOf({ shrinkage: 0 }));
    expect(plain?.lifts['country']?.['de']).toBeCloseTo(4, 12);
  });

  it('is not known of a small base, or of one in which all are alike', () => {
    expect(profile(shop.slice(0, 29), policy)).toBeNull();
    expect(profile(times(50, 500_00, { country: 'DE' }), policy)).toBeNull();
    expect(profile([], loose)).toBeNull();
  });

  it('is never a sensitive attribute, whatever the policy says', () => {
    const rules = rulesOf({ attributes: ['gender', 'country'] });
    expect(Object.keys(profile(shop, rules)?.lifts ?? {})).toEqual(['country']);
    const forged = { customers: 50, top: 10, lifts: { gender: { f: 3 } } };
    expect(prospectUnder(forged, { gender: 'f' }, rules)).toBeNull();
  });

  it('holds the values of most customers where there are very many', () => {
    const many = Array.from({ length: 600 }, (_, at) =>
      buyer([[20, at < 60 ? 500_00 : 5_00]], { attributes: { country: `c${at}` } }),
    );
    const found = profile([...many, ...times(2, 5_00, { country: 'DE' })], policy);
    const values = Object.keys(found?.lifts['country'] ?? {});
    expect(values).toHaveLength(500);
    expect(values[0]).toBe('de');
  });

  it('is finite and does not depend on the order of the customers', () => {
    fc.assert(
      fc.property(anyBuyers, (customers) => {
        const found = profile(customers, loose);
        expect(everyNumberIn(found, (lift) => Number.isFinite(lift) && lift >= 0)).toBe(true);
        expect(profile(customers.toReversed(), loose)).toEqual(found);
      }),
    );
  });
});

describe('a prospect', () => {
  const found = profile(shop, policy);

  it('is the likelier to be among the best the more it looks like them', () => {
    // 100 · 2 / 3; without shrinkage FR has a third of the average: 100 · ⅓ / 1⅓.
    expect(prospectUnder(found, { country: ' De' })).toEqual({
      score: 67,
      because: [{ attribute: 'country', value: 'De', lift: 2 }],
    });
    const plain = profile(shop, rulesOf({ shrinkage: 0 }));
    expect(prospectUnder(plain, { country: 'FR' })).toEqual({ score: 25, because: [] });
  });

  it('is nobody who bought, and nobody of whom nothing is known that buyers have', () => {
    const cuts = { ...cutsOfBase([]), prospects: found };
    const one = buyer([[4, 100]], { attributes: { country: 'DE' } });
    expect(prospectOf(dayOf(one, cuts))).toBeNull();
    expect(prospectUnder(found, {})).toBeNull();
    expect(prospectUnder(found, { country: 'XX' })).toBeNull();
    expect(prospectUnder(found, { country: '__proto__' })).toBeNull();
    expect(prospectUnder(found, { industry: 'retail' })).toBeNull();
    expect(prospectUnder(null, { country: 'DE' })).toBeNull();
  });

  it('names the three attributes that say most, in the order of what they say', () => {
    const attributes = ['a', 'b', 'c', 'd', 'e'];
    const lifts = { a: { x: 1.1 }, b: { x: 3 }, c: { x: 0.5 }, d: { x: 2 }, e: { x: 3 } };
    const prospect = prospectUnder(
      { customers: 50, top: 10, lifts },
      { a: 'x', b: 'x', c: 'x', d: 'x', e: 'x' },
      rulesOf({ attributes }),
    );
    expect(prospect?.because.map(({ attribute }) => attribute)).toEqual(['b', 'e', 'd']);
    // 1.1 · 3 · 0.5 · 2 · 3 = 9.9.
    expect(prospect?.score).toBe(91);
  });

  it('scores 0 where nobody like it is among the best, and none is assumed', () => {
    const lifts = { country: { de: 0 }, industry: { retail: 5 } };
    const nobody = { customers: 50, top: 10, lifts };
    expect(prospectUnder(nobody, { country: 'DE', industry: 'Retail' })?.score).toBe(0);
  });

  it('has a whole score from 0 to 100, the same when the profile was stored', () => {
    fc.assert(
      fc.property(anyBuyers, anyBuyer, (customers, { attributes }) => {
        const known = profile(customers, loose);
        const stored: ProspectProfile | null = JSON.parse(JSON.stringify(known));
        const prospect = prospectUnder(known, attributes);
        expect(prospectUnder(stored, attributes)).toEqual(prospect);
        const score = prospect?.score ?? 0;
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
      }),
    );
  });
});
