import {
  PropertyCreateFieldTypeEnum as FieldType,
  PropertyCreateTypeEnum as Type,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';

const { client, called } = await startConformance();
const { coreApi, batchApi, groupsApi } = client.crm.properties;

const IN_GROUP = { groupName: 'contactinformation' } as const;
const number = (name: string) => ({
  ...{ name, label: name, ...IN_GROUP, type: Type.Number, fieldType: FieldType.Number },
});
const option = (value: string, displayOrder: number) => ({
  ...{ label: value.toUpperCase(), value, displayOrder, hidden: false },
});
const tier = (name: string) => ({
  ...{ name, label: 'Tier', ...IN_GROUP, type: Type.Enumeration, fieldType: FieldType.Select },
  options: [option('gold', 0), option('silver', 1)],
});

describe('properties', () => {
  it('are created, listed, and read by name', async () => {
    const created = await coreApi.create('contacts', tier('tier'));
    expect(created).toMatchObject({ name: 'tier', type: 'enumeration', hubspotDefined: false });
    expect(created.modificationMetadata).toMatchObject({ readOnlyValue: false, archivable: true });
    const read = await coreApi.getByName('0-1', 'tier');
    expect(read.options.map(({ value }) => value)).toEqual(['gold', 'silver']);
    const { results } = await coreApi.getAll('contacts');
    expect(results.map(({ name }) => name)).toEqual(expect.arrayContaining(['email', 'tier']));
  });

  it('tell which of them nobody can write', async () => {
    const read = await coreApi.getByName('deals', 'hs_is_closed_won');
    expect(read.modificationMetadata?.readOnlyValue).toBe(true);
  });

  it('replace their options as a whole', async () => {
    await coreApi.create('contacts', tier('grade'));
    const options = [option('gold', 0), option('bronze', 1)];
    const updated = await coreApi.update('contacts', 'grade', { label: 'Grade', options });
    expect(updated.options.map(({ value }) => value)).toEqual(['gold', 'bronze']);
    const create = (grade: string) =>
      client.crm.contacts.basicApi.create({ properties: { grade } });
    await create('bronze');
    expect(await refusal(create('silver'))).toMatchObject({
      code: 400,
      body: { errors: [{ code: 'INVALID_OPTION' }] },
    });
  });

  it('are archived, and then unknown to records', async () => {
    await coreApi.create('contacts', number('short_lived'));
    await coreApi.archive('contacts', 'short_lived');
    expect((await refusal(coreApi.getByName('contacts', 'short_lived'))).code).toBe(404);
    const archived = await coreApi.getAll('contacts', true);
    expect(archived.results.map(({ name }) => name)).toContain('short_lived');
    const properties = { short_lived: '1' };
    const write = client.crm.contacts.basicApi.create({ properties });
    expect((await refusal(write)).code).toBe(400);
  });

  it('are refused when the name is taken, the pair of types wrong, or the group unknown', async () => {
    await coreApi.create('contacts', number('taken'));
    expect((await refusal(coreApi.create('contacts', number('taken')))).code).toBe(409);
    const mismatch = { ...number('mismatch'), fieldType: FieldType.Select };
    expect((await refusal(coreApi.create('contacts', mismatch))).code).toBe(400);
    const homeless = { ...number('homeless'), groupName: 'nowhere' };
    expect((await refusal(coreApi.create('contacts', homeless))).code).toBe(400);
  });

  it('are created, read and archived many at once', async () => {
    const inputs = ['r_score', 'f_score', 'm_score'].map(number);
    expect((await batchApi.create('contacts', { inputs })).results).toHaveLength(3);
    const names = inputs.map(({ name }) => ({ name }));
    const read = await batchApi.read('contacts', { archived: false, inputs: names });
    expect(read.results.map(({ name }) => name)).toEqual(['r_score', 'f_score', 'm_score']);
    await batchApi.archive('contacts', { inputs: names });
    expect((await refusal(coreApi.getByName('contacts', 'r_score'))).code).toBe(404);
  });

  it('belong to the type they were created on', async () => {
    await coreApi.create('companies', { ...number('size'), groupName: 'companyinformation' });
    expect((await refusal(coreApi.getByName('deals', 'size'))).code).toBe(404);
  });
});

describe('property groups', () => {
  it('are created, renamed, listed, read and archived', async () => {
    await groupsApi.create('contacts', { name: 'scores', label: 'Scores', displayOrder: 7 });
    await groupsApi.update('contacts', 'scores', { label: 'Customer scores' });
    expect(await groupsApi.getByName('contacts', 'scores')).toMatchObject({
      ...{ name: 'scores', label: 'Customer scores', displayOrder: 7, archived: false },
    });
    const names = async () => (await groupsApi.getAll('contacts')).results.map(({ name }) => name);
    expect(await names()).toContain('scores');
    await coreApi.create('contacts', { ...number('in_scores'), groupName: 'scores' });
    await coreApi.archive('contacts', 'in_scores');
    await groupsApi.archive('contacts', 'scores');
    expect(await names()).not.toContain('scores');
  });

  it('are refused when the name is taken', async () => {
    const group = { name: 'twice', label: 'Twice' };
    await groupsApi.create('contacts', group);
    expect((await refusal(groupsApi.create('contacts', group))).code).toBe(409);
  });
});

provesItsClaims('properties', called);
