import { beforeAll, describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';
import type { RecordApis, Search, SearchFilter } from './record-apis.ts';

const { client, portal, called } = await startConformance();

const JANUARY = Date.parse('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const COUNT = 30;

const TYPES: readonly [
  type: 'contacts' | 'companies' | 'deals',
  apis: RecordApis,
  name: string,
  modified: string,
][] = [
  ['contacts', client.crm.contacts, 'firstname', 'lastmodifieddate'],
  ['companies', client.crm.companies, 'name', 'hs_lastmodifieddate'],
  ['deals', client.crm.deals, 'dealname', 'hs_lastmodifieddate'],
];

describe.each(TYPES)('search of %s', (type, { basicApi, searchApi }, name, modified) => {
  const search = (request: Search) => searchApi.doSearch(request);
  const where = (filter: SearchFilter) =>
    search({ filterGroups: [{ filters: [filter] }], limit: 200 });

  beforeAll(() => {
    portal.objects[type].insertMany(
      Array.from({ length: COUNT }, (_, index) => ({
        createdAt: JANUARY,
        updatedAt: JANUARY + index * DAY_MS,
        properties: index % 3 === 0 ? {} : { [name]: index % 3 === 1 ? 'Alder Oak' : 'Bramble' },
      })),
    );
  });

  it('counts what it finds, and pages by offset', async () => {
    const first = await search({ limit: 20, sorts: ['hs_object_id'] });
    expect(first).toMatchObject({ total: COUNT, paging: { next: { after: '20' } } });
    const rest = await search({ limit: 20, sorts: ['hs_object_id'], after: '20' });
    expect(rest.results).toHaveLength(COUNT - 20);
    expect(rest.paging).toBeUndefined();
    const ids = [...first.results, ...rest.results].map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(new Set(ids).size).toBe(COUNT);
  });

  it('knows all thirteen operators', async () => {
    const day = (index: number) => String(JANUARY + index * DAY_MS);
    const expected: readonly [number, SearchFilter][] = [
      [10, { propertyName: name, operator: 'EQ', value: 'bramble' }],
      [10, { propertyName: name, operator: 'IN', values: ['bramble', 'cinder'] }],
      [20, { propertyName: name, operator: 'HAS_PROPERTY' }],
      [10, { propertyName: name, operator: 'NOT_HAS_PROPERTY' }],
      [10, { propertyName: name, operator: 'CONTAINS_TOKEN', value: 'oak' }],
      [5, { propertyName: modified, operator: 'LT', value: day(5) }],
      [6, { propertyName: modified, operator: 'LTE', value: day(5) }],
      [24, { propertyName: modified, operator: 'GT', value: day(5) }],
      [25, { propertyName: modified, operator: 'GTE', value: day(5) }],
      [3, { propertyName: modified, operator: 'BETWEEN', value: day(5), highValue: day(7) }],
    ];
    for (const [total, filter] of expected)
      expect({ filter, total: (await where(filter)).total }).toEqual({ filter, total });
    // Whether a missing value counts as different is unknown (README C16): both answers pass.
    for (const operator of ['NEQ', 'NOT_IN', 'NOT_CONTAINS_TOKEN']) {
      const filter = { propertyName: name, operator, value: 'bramble', values: ['bramble'] };
      expect([10, 20]).toContain((await where(filter)).total);
    }
  });

  it('joins filters of a group by and, groups by or', async () => {
    const oak = { propertyName: name, operator: 'CONTAINS_TOKEN', value: 'oak' };
    const late = { propertyName: modified, operator: 'GTE', value: String(JANUARY + 15 * DAY_MS) };
    expect((await search({ filterGroups: [{ filters: [oak, late] }] })).total).toBe(5);
    const either = { filterGroups: [{ filters: [oak] }, { filters: [late] }] };
    expect((await search(either)).total).toBe(20);
  });

  it('never shows archived records', async () => {
    const created = await basicApi.create({ properties: { [name]: 'Transient' } });
    const mine = { propertyName: name, operator: 'EQ', value: 'Transient' };
    expect((await where(mine)).results.map(({ id }) => id)).toEqual([created.id]);
    await basicApi.archive(created.id);
    expect((await where(mine)).total).toBe(0);
  });

  it('sorts by one rule, down when asked to', async () => {
    const { results } = await search({ sorts: [`-${modified}`], limit: 200 });
    const times = results.map(({ updatedAt }) => updatedAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect((await refusal(search({ sorts: ['hs_object_id', name] }))).code).toBe(400);
  });

  it('refuses more than two hundred a page, five groups, and six filters in a group', async () => {
    const filter = { propertyName: name, operator: 'HAS_PROPERTY' };
    const group = (size: number) => ({ filters: Array.from({ length: size }, () => filter) });
    const groups = (count: number) => Array.from({ length: count }, () => group(1));
    expect((await refusal(search({ limit: 201 }))).code).toBe(400);
    expect((await refusal(search({ filterGroups: groups(6) }))).code).toBe(400);
    expect((await refusal(search({ filterGroups: [group(7)] }))).code).toBe(400);
    await search({ filterGroups: groups(5), limit: 200 });
    await search({ filterGroups: [group(6)] });
  });

  it('refuses a body of more than 3,000 characters', async () => {
    const properties = Array.from({ length: 300 }, (_, index) => `property_${index}`);
    const { code, body } = await refusal(search({ properties }));
    expect({ code, body }).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
  });

  it('ends at ten thousand results', async () => {
    await search({ limit: 200, after: '9800' });
    expect((await refusal(search({ limit: 200, after: '9801' }))).code).toBe(400);
    expect((await refusal(search({ limit: 1, after: '10000' }))).code).toBe(400);
  });
});

provesItsClaims('search', called);
