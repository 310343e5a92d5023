import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProfileCounts } from '../../../src/score/analysis/profile.ts';

type Given = readonly [Readonly<Record<string, string>>, boolean];

function profileOf(rows: readonly Given[], shrinkage = 0) {
  const counts = new ProfileCounts();
  for (const [attributes, isBest] of rows) counts.add(attributes, isBest);
  return counts.build(shrinkage);
}

describe('the profile of the best customers', () => {
  const rows: readonly Given[] = [
    [{ country: 'FR' }, true],
    [{ country: ' fr ' }, false],
    [{ country: 'DE' }, false],
    [{ country: 'DE' }, false],
  ];

  it('says how much likelier a value is among them', () => {
    expect(profileOf(rows)).toEqual({
      customers: 4,
      best: 1,
      traits: [
        { attribute: 'country', value: 'fr', customers: 2, best: 1, lift: 2 },
        { attribute: 'country', value: 'de', customers: 2, best: 0, lift: 0 },
      ],
      tooManyValues: [],
    });
  });

  it('draws what few have towards the average', () => {
    expect(profileOf(rows, 2)?.traits.map(({ lift }) => lift)).toEqual([1.5, 0.5]);
  });

  it('never looks at what a person is', () => {
    const given: Given = [{ gender: 'f', 客户性别: '女', industry: 'toys' }, true];
    expect(profileOf([given, given])?.traits.map(({ attribute }) => attribute)).toEqual([
      'industry',
    ]);
  });

  it('leaves out attributes that are different for everybody', () => {
    const many = Array.from({ length: 1_200 }, (_, at): Given => [{ number: `n${at}` }, true]);
    expect(profileOf(many)).toMatchObject({ traits: [], tooManyValues: ['number'] });
  });

  it('is none where nobody is best', () => {
    expect(profileOf([[{ country: 'FR' }, false]])).toBeNull();
    expect(profileOf([])).toBeNull();
  });

  it('does not depend on the order of the customers, and averages to 1', () => {
    const value = fc.constantFrom('a', 'b', 'c');
    const anyRows = fc.array(fc.tuple(fc.record({ one: value, other: value }), fc.boolean()), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 0, max: 20 }), (given, shrinkage) => {
        const found = profileOf(given, shrinkage);
        expect(profileOf(given.toReversed(), shrinkage)).toEqual(found);
        const plain = profileOf(given)?.traits.filter(({ attribute }) => attribute === 'one') ?? [];
        const mean = plain.reduce((sum, { lift, customers }) => sum + lift * customers, 0);
        if (found !== null) expect(mean / given.length).toBeCloseTo(1, 9);
      }),
    );
  });
});
