import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';
import type { RecordApis, RecordView } from './record-apis.ts';

const { client, portal, called } = await startConformance();

const TYPES: readonly [type: 'contacts' | 'companies' | 'deals', apis: RecordApis, name: string][] =
  [
    ['contacts', client.crm.contacts, 'firstname'],
    ['companies', client.crm.companies, 'name'],
    ['deals', client.crm.deals, 'dealname'],
  ];

describe.each(TYPES)('%s, one by one', (type, apis, name) => {
  const create = (value: string) => apis.basicApi.create({ properties: { [name]: value } });

  it('are created, and read with the properties asked for', async () => {
    const created = await create('Quill');
    const read = await apis.basicApi.getById(created.id, [name, 'hubspot_owner_id', 'no_such']);
    expect(read.id).toBe(created.id);
    expect(read.properties[name]).toBe('Quill');
    expect(read.properties).toHaveProperty('hubspot_owner_id', null);
    expect(read.properties).not.toHaveProperty('no_such');
    expect(read.properties['hs_object_id']).toBe(created.id);
    expect(read.createdAt).toBeInstanceOf(Date);
  });

  it('take new values, and lose one that is written empty', async () => {
    const { id } = await create('Quill');
    await apis.basicApi.update(id, { properties: { [name]: 'Ember' } });
    expect((await apis.basicApi.getById(id, [name])).properties[name]).toBe('Ember');
    await apis.basicApi.update(id, { properties: { [name]: '' } });
    expect((await apis.basicApi.getById(id, [name])).properties[name]).toBeNull();
  });

  it('show what a property held before', async () => {
    const { id } = await create('Quill');
    await apis.basicApi.update(id, { properties: { [name]: 'Ember' } });
    const read = await apis.basicApi.getById(id, undefined, [name]);
    expect(read).toHaveProperty(['propertiesWithHistory', name, 0, 'value'], 'Ember');
    expect(read).toHaveProperty(['propertiesWithHistory', name, 1, 'value'], 'Quill');
  });

  it('are refused with 404 when they are not there', async () => {
    const { code, body } = await refusal(apis.basicApi.getById('999999999'));
    expect(code).toBe(404);
    expect(body).toMatchObject({ status: 'error', category: 'OBJECT_NOT_FOUND' });
    expect(body).toHaveProperty('correlationId');
  });

  it('refuse what they cannot hold', async () => {
    const unknown = await refusal(apis.basicApi.create({ properties: { no_such: '1' } }));
    expect(unknown).toMatchObject({
      code: 400,
      body: {
        category: 'VALIDATION_ERROR',
        errors: [{ code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['no_such'] } }],
      },
    });
    const { id } = await create('Quill');
    const computed = { properties: { hs_lastmodifieddate: '2020-01-01' } };
    const readOnly = await refusal(apis.basicApi.update(id, computed));
    expect(readOnly).toMatchObject({ code: 400, body: { errors: [{ code: 'READ_ONLY_VALUE' }] } });
  });

  it('go to the recycle bin with their modified date as it was', async () => {
    const { id } = await create('Gone');
    const before = await apis.basicApi.getById(id);
    await apis.basicApi.archive(id);
    expect((await refusal(apis.basicApi.getById(id))).code).toBe(404);
    const archived = await apis.basicApi.getById(id, undefined, undefined, undefined, true);
    expect(archived).toMatchObject({ id, archived: true, updatedAt: before.updatedAt });
    const bin = await apis.basicApi.getPage(100, undefined, [], [], [], true);
    const inBin = bin.results.find((record) => record.id === id);
    expect(inBin?.archivedAt).toBeInstanceOf(Date);
  });

  it('merge into a record of a new id, to which both old ids lead', async () => {
    const [primary, other] = [await create('Primary'), await create('Other')];
    const input = { primaryObjectId: primary.id, objectIdToMerge: other.id };
    const merged = await apis.basicApi.merge(input);
    expect([primary.id, other.id]).not.toContain(merged.id);
    for (const id of [primary.id, other.id, merged.id]) {
      const found = await apis.basicApi.getById(id, [name]);
      expect(found).toMatchObject({ id: merged.id, properties: { [name]: 'Primary' } });
    }
    await apis.basicApi.update(other.id, { properties: { [name]: 'Still there' } });
    const after = await apis.basicApi.getById(merged.id, [name]);
    expect(after.properties[name]).toBe('Still there');
  });

  it('are listed by ascending id, a page at a time, whatever is added meanwhile', async () => {
    const seen: RecordView[] = [];
    let after: string | undefined;
    do {
      const page = await apis.basicApi.getPage(2, after, [name]);
      expect(page.results.length).toBeLessThanOrEqual(2);
      seen.push(...page.results);
      if (after === undefined) await create('Late');
      after = page.paging?.next?.after;
    } while (after !== undefined);
    const ids = seen.map(({ id }) => Number(id));
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
    expect(seen.at(-1)?.properties[name]).toBe('Late');
    expect(await apis.getAll()).toHaveLength(seen.length);
  });

  it('come at most a hundred a page; getAll asks for all pages', async () => {
    expect((await refusal(apis.basicApi.getPage(101))).code).toBe(400);
    const known = [...portal.objects[type].slotsFrom(0)].length;
    const at = portal.clock();
    const more = Array.from({ length: 250 }, () => ({ createdAt: at, updatedAt: at }));
    portal.objects[type].insertMany(more.map((times) => ({ ...times, properties: {} })));
    expect(await apis.getAll()).toHaveLength(known + 250);
    expect((await apis.basicApi.getPage()).results).toHaveLength(10);
  });
});

describe('a contact who wants to be forgotten', () => {
  const { basicApi } = client.crm.contacts;

  it('is gone for good, by id or by e-mail', async () => {
    const byId = await basicApi.create({ properties: { email: 'one@example.com' } });
    const byEmail = await basicApi.create({ properties: { email: 'two@example.com' } });
    await basicApi.purge({ objectId: byId.id });
    await basicApi.purge({ objectId: 'two@example.com', idProperty: 'email' });
    for (const { id } of [byId, byEmail])
      for (const archived of [false, true]) {
        const call = basicApi.getById(id, undefined, undefined, undefined, archived);
        expect((await refusal(call)).code).toBe(404);
      }
  });

  it('may be unknown by that e-mail, but not by that id', async () => {
    await basicApi.purge({ objectId: 'nobody@example.com', idProperty: 'email' });
    expect((await refusal(basicApi.purge({ objectId: '999999999' }))).code).toBe(404);
  });
});

provesItsClaims('records', called);
