import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js';
import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';

const { client, portal, called } = await startConformance();
const { basicApi, batchApi, searchApi } = client.crm.objects;

portal.schema.create('deals', {
  ...{ name: 'ref', label: 'Reference', groupName: 'dealinformation' },
  ...{ type: 'string', fieldType: 'text', hasUniqueValue: true },
});

describe.each(['0-3', 'deals', 'deal', 'DEALS'])(
  'the generic API, with deals called %s',
  (type) => {
    it('reads and writes one deal', async () => {
      const { id } = await basicApi.create(type, { properties: { dealname: 'One' } });
      await basicApi.update(type, id, { properties: { dealname: 'Two' } });
      const read = await basicApi.getById(type, id, ['dealname']);
      expect(read.properties).toMatchObject({ dealname: 'Two', hs_object_id: id });
      expect((await basicApi.getPage(type, 1)).results).toHaveLength(1);
      await basicApi.archive(type, id);
      expect((await refusal(basicApi.getById(type, id))).code).toBe(404);
    });

    it('reads and writes a hundred', async () => {
      const inputs = [{ properties: { dealname: 'A' } }, { properties: { dealname: 'B' } }];
      const created = await batchApi.create(type, { inputs });
      const ids = created.results.map(({ id }) => ({ id }));
      await batchApi.update(type, {
        inputs: ids.map(({ id }) => ({ id, properties: { dealname: 'C' } })),
      });
      const wanted = { inputs: ids, properties: ['dealname'], propertiesWithHistory: [] };
      const { results } = await batchApi.read(type, wanted);
      expect(results.map(({ properties }) => properties['dealname'])).toEqual(['C', 'C']);
      await batchApi.archive(type, { inputs: ids });
      expect((await batchApi.read(type, wanted)).results).toEqual([]);
    });

    it('upserts and searches', async () => {
      const ref = `R-${type}`;
      const input = { id: ref, idProperty: 'ref', properties: { dealname: 'Upserted' } };
      const { results } = await batchApi.upsert(type, { inputs: [input] });
      const filters = [{ propertyName: 'ref', operator: FilterOperatorEnum.Eq, value: ref }];
      const found = await searchApi.doSearch(type, { filterGroups: [{ filters }] });
      expect(found.results.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
    });
  },
);

describe('the generic API', () => {
  it('refuses a type that the portal does not have', async () => {
    const { code, body } = await refusal(basicApi.getPage('2-1234567'));
    expect({ code, body }).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
  });
});

provesItsClaims('objects', called);
