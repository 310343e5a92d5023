import { PublicAndFilterBranchFilterBranchTypeEnum as And } from '@hubspot/api-client/lib/codegen/crm/lists/models/PublicAndFilterBranch.js';
import { PublicListConversionDateConversionTypeEnum as ConversionType } from '@hubspot/api-client/lib/codegen/crm/lists/models/PublicListConversionDate.js';
import { PublicMultiStringPropertyOperationOperationTypeEnum as Operation } from '@hubspot/api-client/lib/codegen/crm/lists/models/PublicMultiStringPropertyOperation.js';
import { PublicOrFilterBranchFilterBranchTypeEnum as Or } from '@hubspot/api-client/lib/codegen/crm/lists/models/PublicOrFilterBranch.js';
import { PublicPropertyFilterFilterTypeEnum as FilterType } from '@hubspot/api-client/lib/codegen/crm/lists/models/PublicPropertyFilter.js';
import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';

const { client, called } = await startConformance();
const { listsApi, membershipsApi } = client.crm.lists;

const manual = (name: string) => ({ name, objectTypeId: '0-1', processingType: 'MANUAL' });
const livesIn = (country: string) => ({
  ...{ filterBranchType: Or.Or, filterBranchOperator: 'OR', filters: [] },
  filterBranches: [
    {
      ...{ filterBranchType: And.And, filterBranchOperator: 'AND', filterBranches: [] },
      filters: [
        {
          ...{ filterType: FilterType.Property, property: 'country' },
          operation: {
            ...{ operationType: Operation.Multistring, operator: 'IS_EQUAL_TO' },
            ...{ values: [country], includeObjectsWithNoValueSet: false },
          },
        },
      ],
    },
  ],
});
const dynamic = (name: string, country: string) => ({
  ...{ name, objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch: livesIn(country) },
});
const newContact = async (country: string) =>
  (await client.crm.contacts.basicApi.create({ properties: { country } })).id;
const membersOf = async (listId: string) =>
  (await membershipsApi.getPage(listId)).results.map(({ recordId }) => recordId);

describe('lists', () => {
  it('are created with 200, and found by id, by name, by ids and by search', async () => {
    const { list } = await listsApi.create(manual('Gold customers'));
    expect(list).toMatchObject({ name: 'Gold customers', objectTypeId: '0-1', size: 0 });
    expect((await listsApi.getById(list.listId)).list.name).toBe('Gold customers');
    const byName = await listsApi.getByName('Gold customers', '0-1');
    expect(byName.list.listId).toBe(list.listId);
    const many = await listsApi.getAll([list.listId]);
    expect(many.lists.map(({ listId }) => listId)).toEqual([list.listId]);
    const found = await listsApi.doSearch({ query: 'gold', processingTypes: ['MANUAL'] });
    expect(found).toMatchObject({ total: 1, hasMore: false });
    expect(found.lists[0]?.listId).toBe(list.listId);
  });

  it('have a name of their own in the whole portal', async () => {
    await listsApi.create(manual('Only one'));
    const again = listsApi.create({ ...manual('Only one'), objectTypeId: '0-3' });
    expect(await refusal(again)).toMatchObject({
      code: 400,
      body: { category: 'VALIDATION_ERROR' },
    });
  });

  it('are renamed, deleted, and brought back', async () => {
    const { list } = await listsApi.create(manual('Before'));
    const { updatedList } = await listsApi.updateName(list.listId, 'After');
    expect(updatedList?.name).toBe('After');
    await listsApi.remove(list.listId);
    expect((await refusal(listsApi.getById(list.listId))).code).toBe(404);
    await listsApi.restore(list.listId);
    expect((await listsApi.getById(list.listId)).list.name).toBe('After');
  });
});

describe('dynamic lists', () => {
  it('keep their members themselves, and let nobody else', async () => {
    const [french, german] = [await newContact('France'), await newContact('Germany')];
    const { list } = await listsApi.create(dynamic('In France', 'France'));
    expect(await membersOf(list.listId)).toEqual([french]);
    await listsApi.updateListFilters(list.listId, { filterBranch: livesIn('Germany') });
    expect(await membersOf(list.listId)).toEqual([german]);
    expect((await refusal(membershipsApi.add(list.listId, [french]))).code).toBe(400);
  });

  it('show their filters when asked', async () => {
    const { list } = await listsApi.create(dynamic('In Spain', 'Spain'));
    const read = await listsApi.getById(list.listId, true);
    expect(read.list.filterBranch).toMatchObject({ filterBranchType: 'OR' });
    expect((await listsApi.getById(list.listId)).list.filterBranch).toBeUndefined();
  });

  it('become static on a day that is set, moved and cancelled', async () => {
    const { list } = await listsApi.create(dynamic('In Norway', 'Norway'));
    const day = { year: 2099, month: 1, day: 1, conversionType: ConversionType.ConversionDate };
    const set = await listsApi.scheduleOrUpdateConversion(list.listId, day);
    expect(set.requestedConversionTime).toMatchObject({ year: 2099 });
    const read = await listsApi.getConversionDetails(list.listId);
    expect(read).toMatchObject({ listId: list.listId, requestedConversionTime: { month: 1 } });
    await listsApi.cancelConversion(list.listId);
    const cancelled = await listsApi.getConversionDetails(list.listId);
    expect(cancelled.requestedConversionTime).toBeUndefined();
  });
});

provesItsClaims('lists', called);
