import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';
import type { RecordApis } from './record-apis.ts';

const { client, portal, called } = await startConformance();

const TYPES: readonly [
  type: 'contacts' | 'companies' | 'deals',
  group: string,
  apis: RecordApis,
  name: string,
][] = [
  ['contacts', 'contactinformation', client.crm.contacts, 'firstname'],
  ['companies', 'companyinformation', client.crm.companies, 'name'],
  ['deals', 'dealinformation', client.crm.deals, 'dealname'],
];

describe.each(TYPES)('%s, a hundred at a time', (type, groupName, { basicApi, batchApi }, name) => {
  portal.schema.create(type, {
    ...{ name: 'ref', label: 'Reference', groupName, type: 'string', fieldType: 'text' },
    hasUniqueValue: true,
  });
  const read = (ids: readonly string[], idProperty?: string) =>
    batchApi.read({
      inputs: ids.map((id) => ({ id })),
      properties: [name, 'ref'],
      propertiesWithHistory: [],
      ...(idProperty !== undefined && { idProperty }),
    });
  const createTwo = async () => {
    const inputs = [{ properties: { [name]: 'One' } }, { properties: { [name]: 'Two' } }];
    return (await batchApi.create({ inputs })).results.map(({ id }) => id);
  };

  it('are created, and read back', async () => {
    const ids = await createTwo();
    const { status, results, numErrors } = await read(ids);
    expect({ status, numErrors }).toEqual({ status: 'COMPLETE', numErrors: undefined });
    expect(results.map(({ properties }) => properties[name])).toEqual(['One', 'Two']);
  });

  it('are read with what is missing told in a 207', async () => {
    const [id = ''] = await createTwo();
    const answer = await read([id, '999999999']);
    expect(answer.results.map((record) => record.id)).toEqual([id]);
    expect(answer).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['999999999'] } }],
    });
  });

  it('are created all or none, unless each input has a trace id', async () => {
    const good = { properties: { [name]: 'Good' } };
    const bad = { properties: { no_such: '1' } };
    const count = (await basicApi.getPage(100)).results.length;
    expect((await refusal(batchApi.create({ inputs: [good, bad] }))).code).toBe(400);
    expect((await basicApi.getPage(100)).results).toHaveLength(count);
    const inputs = [
      { ...good, objectWriteTraceId: 'a' },
      { ...bad, objectWriteTraceId: 'b' },
    ];
    const answer = await batchApi.create({ inputs });
    expect(answer.results).toHaveLength(1);
    expect(answer).toMatchObject({
      numErrors: 1,
      errors: [{ context: { objectWriteTraceId: ['b'] } }],
    });
  });

  it('are updated by record id', async () => {
    const ids = await createTwo();
    const inputs = ids.map((id) => ({ id, properties: { [name]: 'Same' } }));
    const { results } = await batchApi.update({ inputs });
    expect(results.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const after = await read(ids);
    expect(after.results.every(({ properties }) => properties[name] === 'Same')).toBe(true);
  });

  it('do not follow merges in an update, and tell so in a 207', async () => {
    const [first = '', second = ''] = await createTwo();
    await basicApi.merge({ primaryObjectId: first, objectIdToMerge: second });
    const inputs = [{ id: second, properties: { [name]: 'Lost' } }];
    const answer = await batchApi.update({ inputs });
    expect(answer.results).toEqual([]);
    expect(answer).toMatchObject({ numErrors: 1, errors: [{ context: { ids: [second] } }] });
  });

  it('are created or updated by a unique property', async () => {
    const upsert = (value: string) =>
      batchApi.upsert({
        inputs: [{ id: 'R-1', idProperty: 'ref', properties: { [name]: value } }],
      });
    const [created] = (await upsert('First')).results;
    const [updated] = (await upsert('Second')).results;
    // `new` on the wire; the client gives every reserved word an underscore.
    expect(created).toMatchObject({ _new: true });
    expect(updated).toMatchObject({ _new: false, id: created?.id });
    const { results } = await read(['R-1'], 'ref');
    expect(results).toMatchObject([{ id: created?.id, properties: { [name]: 'Second' } }]);
  });

  it('refuse a whole upsert for one value that another record holds', async () => {
    const inputs = [
      { id: 'R-2', idProperty: 'ref', properties: { [name]: 'Fine' } },
      { id: 'R-3', idProperty: 'ref', properties: { ref: 'R-2' } },
    ];
    expect((await refusal(batchApi.upsert({ inputs }))).code).toBe(409);
    expect((await read(['R-2'], 'ref')).results).toEqual([]);
  });

  it('are archived', async () => {
    const ids = await createTwo();
    await batchApi.archive({ inputs: ids.map((id) => ({ id })) });
    expect((await read(ids)).results).toEqual([]);
    const inputs = ids.map((id) => ({ id }));
    const archived = { inputs, properties: [name], propertiesWithHistory: [] };
    expect((await batchApi.read(archived, true)).results).toHaveLength(2);
  });

  it('refuse the hundred and first', async () => {
    const many = Array.from({ length: 101 }, (_, index) => ({
      ...{ id: String(index + 1), idProperty: 'ref', properties: { [name]: 'Many' } },
    }));
    const ids = many.map(({ id }) => ({ id }));
    const properties = many.map((input) => ({ properties: input.properties }));
    for (const call of [
      () => batchApi.create({ inputs: properties }),
      () => batchApi.read({ inputs: ids, properties: [], propertiesWithHistory: [] }),
      () => batchApi.update({ inputs: many.map(({ idProperty, ...input }) => input) }),
      () => batchApi.upsert({ inputs: many }),
      () => batchApi.archive({ inputs: ids }),
    ])
      expect(await refusal(call())).toMatchObject({
        code: 400,
        body: { category: 'VALIDATION_ERROR' },
      });
  });
});

provesItsClaims('batches', called);
