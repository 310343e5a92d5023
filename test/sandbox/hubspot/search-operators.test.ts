import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectType } from '../../../sandbox/hubspot/object-types.ts';
import { Portal } from '../../../sandbox/hubspot/portal.ts';
import { SearchEngine } from '../../../sandbox/hubspot/search-engine.ts';
import { parseSearchRequest } from '../../../sandbox/hubspot/search-request.ts';
import { loadContacts, loadDeals, START } from './bare-portal.ts';

/** Ids that one filter finds. */
function found(portal: Portal, type: ObjectType, filters: readonly object[]): readonly string[] {
  const request = parseSearchRequest({ filterGroups: [{ filters }], limit: 200 });
  const { slots } = new SearchEngine(portal).search(type, request);
  return slots.map((slot) => String(portal.objects[type].at(slot).id));
}

describe('each operator', () => {
  const portal = new Portal();
  const [a, b, none] = loadDeals(portal, [
    {
      amount: '9',
      dealname: 'Big Blue Boat',
      closedate: '2025-03-01T00:00:00.000Z',
      dealtype: 'newbusiness',
    },
    {
      amount: '10',
      dealname: 'small-boat',
      closedate: '2025-04-01T00:00:00.000Z',
      dealtype: 'existingbusiness',
    },
    {},
  ]);
  const deals = (propertyName: string, operator: string, rest: object = {}) =>
    found(portal, 'deals', [{ propertyName, operator, ...rest }]);

  it('compares numbers as numbers', () => {
    expect(deals('amount', 'LT', { value: '10' })).toEqual([a]);
    expect(deals('amount', 'LTE', { value: '10' })).toEqual([a, b]);
    expect(deals('amount', 'GT', { value: '9' })).toEqual([b]);
    expect(deals('amount', 'GTE', { value: '9' })).toEqual([a, b]);
    expect(deals('amount', 'EQ', { value: '9.0' })).toEqual([a]);
    expect(deals('amount', 'NEQ', { value: '9' })).toEqual([b]);
    expect(deals('amount', 'BETWEEN', { value: '9', highValue: '9.5' })).toEqual([a]);
    expect(deals('amount', 'IN', { values: ['10', '11'] })).toEqual([b]);
    expect(deals('amount', 'NOT_IN', { values: ['10', '11'] })).toEqual([a]);
  });

  it('compares instants given as milliseconds or as text', () => {
    expect(deals('closedate', 'GT', { value: '2025-03-01' })).toEqual([b]);
    expect(deals('closedate', 'EQ', { value: String(Date.UTC(2025, 2, 1)) })).toEqual([a]);
    expect(deals('closedate', 'IN', { values: ['2025-04-01'] })).toEqual([b]);
  });

  it('tells empty from filled', () => {
    expect(deals('amount', 'HAS_PROPERTY')).toEqual([a, b]);
    expect(deals('amount', 'NOT_HAS_PROPERTY')).toEqual([none]);
  });

  it('ignores case in strings, except that IN must be lower case', () => {
    expect(deals('dealname', 'EQ', { value: 'SMALL-BOAT' })).toEqual([b]);
    expect(deals('dealname', 'IN', { values: ['big blue boat'] })).toEqual([a]);
    expect(deals('dealname', 'IN', { values: ['Big Blue Boat'] })).toEqual([]);
  });

  it('minds case in enumerations', () => {
    expect(deals('dealtype', 'EQ', { value: 'newbusiness' })).toEqual([a]);
    expect(deals('dealtype', 'EQ', { value: 'NewBusiness' })).toEqual([]);
    expect(deals('dealtype', 'IN', { values: ['NEWBUSINESS'] })).toEqual([]);
  });

  it('finds whole words, or a pattern with a star', () => {
    expect(deals('dealname', 'CONTAINS_TOKEN', { value: 'BOAT' })).toEqual([a, b]);
    expect(deals('dealname', 'CONTAINS_TOKEN', { value: 'boa' })).toEqual([]);
    expect(deals('dealname', 'CONTAINS_TOKEN', { value: 'bl*' })).toEqual([a]);
    expect(deals('dealname', 'NOT_CONTAINS_TOKEN', { value: 'blue' })).toEqual([b]);
    const people = new Portal();
    const [ann] = loadContacts(people, ['ann']);
    const atExample = { propertyName: 'email', operator: 'CONTAINS_TOKEN', value: '*@example.com' };
    expect(found(people, 'contacts', [atExample])).toEqual([ann]);
  });
});

describe('the shortcuts through the columns', () => {
  const bounds = fc.record({
    propertyName: fc.constantFrom('hs_object_id', 'hs_lastmodifieddate'),
    operator: fc.constantFrom('EQ', 'GT', 'GTE', 'LT', 'LTE'),
    step: fc.integer({ min: 0, max: 20 }),
  });
  const holds: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
    EQ: (value, bound) => value === bound,
    GT: (value, bound) => value > bound,
    GTE: (value, bound) => value >= bound,
    LT: (value, bound) => value < bound,
    LTE: (value, bound) => value <= bound,
  };

  it('find what a plain filter over all records finds', () => {
    const world = fc.record({
      times: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 }),
      archived: fc.array(fc.nat(30)),
      groups: fc.array(fc.array(bounds, { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(world, ({ times, archived, groups }) => {
        const portal = new Portal({ firstRecordId: 100 });
        const store = portal.objects.deals;
        for (const time of times)
          store.load({ createdAt: START, updatedAt: START + time, properties: {} });
        for (const slot of new Set(archived)) if (slot < times.length) store.archive(slot, START);
        const filterGroups = groups.map((group) => ({
          filters: group.map(({ propertyName, operator, step }) => ({
            ...{ propertyName, operator },
            value: String(propertyName === 'hs_object_id' ? 100 + step : START + step),
          })),
        }));
        const plain = times.flatMap((time, slot) => {
          const matches = groups.some((group) =>
            group.every(({ propertyName, operator, step }) =>
              holds[operator]?.(propertyName === 'hs_object_id' ? slot : time, step),
            ),
          );
          return matches && !archived.includes(slot) ? [slot] : [];
        });
        const request = parseSearchRequest({ filterGroups, limit: 200 });
        expect(new SearchEngine(portal).search('deals', request).slots).toEqual(plain);
      }),
    );
  });
});
