import { describe, expect, it } from 'vitest';
import { storedValue } from '../../../sandbox/hubspot/property-values.ts';
import { PropertySchema } from '../../../sandbox/hubspot/schema.ts';
import { newContact, startCaller } from './caller.ts';

const { call } = await startCaller();
const properties = '/crm/properties/2026-03/contacts';
const contacts = '/crm/objects/2026-03/contacts';

const wanted = (name: string, more: object = {}) => ({
  name,
  label: name,
  groupName: 'contactinformation',
  type: 'string',
  fieldType: 'text',
  ...more,
});
const tiers = (...values: readonly string[]) => ({
  type: 'enumeration',
  fieldType: 'select',
  options: values.map((value) => ({ label: value.toUpperCase(), value })),
});

describe('properties', () => {
  it('are created with 201 and taken names refused with 409', async () => {
    expect(await call('POST', properties, wanted('score_a'))).toMatchObject({
      status: 201,
      body: {
        name: 'score_a',
        archived: false,
        modificationMetadata: { archivable: true, readOnlyValue: false },
      },
    });
    const again = await call('POST', properties, wanted('score_a'));
    expect(again).toMatchObject({ status: 409, body: { category: 'CONFLICT' } });
  });

  it.each(['Score', '1st', 'a-b', 'größe', ''])('%s is no name for one', async (name) => {
    expect((await call('POST', properties, wanted(name))).status).toBe(400);
  });

  it.each([
    ['number', 'text'],
    ['enumeration', 'number'],
    ['date', 'text'],
    ['bool', 'select'],
  ])('%s is not shown by %s', async (type, fieldType) => {
    const answer = await call('POST', properties, wanted('mismatched', { type, fieldType }));
    expect(answer.status).toBe(400);
  });

  it('need a group that exists', async () => {
    const answer = await call('POST', properties, wanted('lost', { groupName: 'nowhere' }));
    expect(answer.status).toBe(400);
  });

  it('have their options replaced, not extended, by a PATCH', async () => {
    await call('POST', properties, wanted('tier_a', tiers('gold', 'silver')));
    const { options } = tiers('silver', 'bronze');
    const answer = await call('PATCH', `${properties}/tier_a`, { options });
    expect(answer).toMatchObject({
      status: 200,
      body: { label: 'tier_a', options: [{ value: 'silver' }, { value: 'bronze' }] },
    });
    const write = { properties: { tier_a: 'gold' } };
    const id = await newContact(call);
    expect(await call('PATCH', `${contacts}/${id}`, write)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'INVALID_OPTION', context: { propertyName: ['tier_a'] } }] },
    });
  });

  it('are archived, not gone: found only by who asks, and their name stays taken', async () => {
    await call('POST', properties, wanted('brief'));
    expect((await call('DELETE', `${properties}/brief`)).status).toBe(204);
    expect((await call('GET', `${properties}/brief`)).status).toBe(404);
    const archived = await call('GET', `${properties}/brief?archived=true`);
    expect(archived.body).toMatchObject({ archived: true });
    expect((await call('POST', properties, wanted('brief'))).status).toBe(409);
  });

  it('of HubSpot itself can be neither changed nor deleted', async () => {
    expect((await call('PATCH', `${properties}/email`, { label: 'Mail' })).status).toBe(400);
    expect((await call('DELETE', `${properties}/lifecyclestage`)).status).toBe(400);
  });

  it('come in batches: 201 when all are made, 207 when some are', async () => {
    const first = { inputs: [wanted('batch_a'), wanted('batch_b')] };
    expect((await call('POST', `${properties}/batch/create`, first)).status).toBe(201);
    const second = { inputs: [wanted('batch_b'), wanted('batch_c')] };
    expect(await call('POST', `${properties}/batch/create`, second)).toMatchObject({
      status: 207,
      body: { numErrors: 1, results: [{ name: 'batch_c' }], errors: [{ category: 'CONFLICT' }] },
    });
  });
});

describe('what a write may say', () => {
  it('is refused with every reason at once, and with the reasons inside the message', async () => {
    const write = { properties: { no_such: '1', createdate: '2020-01-01', lifecyclestage: 'vip' } };
    const answer = await call('POST', contacts, write);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        category: 'VALIDATION_ERROR',
        errors: [
          { code: 'PROPERTY_DOESNT_EXIST' },
          { code: 'READ_ONLY_VALUE' },
          { code: 'INVALID_OPTION' },
        ],
      },
    });
    expect(answer.text).toContain('"PROPERTY_DOESNT_EXIST');
  });

  const schema = new PropertySchema();
  it.each([
    ['number', { type: 'number', fieldType: 'number' }, '12.5', '12,5'],
    ['date', { type: 'date', fieldType: 'date' }, '2026-11-22', '2026-11-22T10:00:00Z'],
    ['datetime', { type: 'datetime', fieldType: 'date' }, '1795000000000', 'yesterday'],
    ['bool', { type: 'bool', fieldType: 'booleancheckbox' }, 'true', 'yes'],
    ['text', { type: 'string', fieldType: 'textarea' }, 'x'.repeat(65_536), 'x'.repeat(65_537)],
  ] as const)('a %s knows its own', (name, shape, good, bad) => {
    const label = name;
    schema.create('contacts', { name, label, groupName: 'contactinformation', ...shape });
    expect(schema.validateWrite('contacts', { [name]: good })).toEqual([]);
    expect(schema.validateWrite('contacts', { [name]: '' })).toEqual([]);
    expect(schema.validateWrite('contacts', { [name]: bad })).toHaveLength(1);
  });

  it('is kept as HubSpot keeps it', () => {
    const shape = { groupName: 'contactinformation', label: 'x' };
    const make = (name: string, more: object) => {
      schema.create('contacts', { ...shape, name, type: 'string', fieldType: 'text', ...more });
      return schema.get('contacts', name);
    };
    const day = make('born', { type: 'date', fieldType: 'date' });
    expect(storedValue(day, '1795046400000', null)).toBe('2026-11-19');
    const at = make('seen', { type: 'datetime', fieldType: 'date' });
    expect(storedValue(at, '1795046400000', null)).toBe('2026-11-19T00:00:00.000Z');
    const many = make('likes', { type: 'enumeration', fieldType: 'checkbox' });
    expect(storedValue(many, ';b;c', 'a;b')).toBe('a;b;c');
    expect(storedValue(many, 'b', 'a')).toBe('b');
  });

  it('names only currencies, pipelines and stages that there are', async () => {
    const deal = (more: object) =>
      call('POST', '/crm/objects/2026-03/deals', { properties: { dealname: 'x', ...more } });
    expect((await deal({ pipeline: 'default', dealstage: 'closedwon' })).status).toBe(201);
    expect((await deal({ dealstage: 'nowhere' })).status).toBe(400);
    expect((await deal({ pipeline: 'nowhere' })).status).toBe(400);
    expect(await deal({ deal_currency_code: 'EUR' })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'INVALID_OPTION' }] },
    });
    const rate = { fromCurrencyCode: 'EUR', conversionRate: 1.1 };
    await call('POST', '/settings/currencies/2026-03/exchange-rates', rate);
    expect((await deal({ deal_currency_code: 'EUR' })).status).toBe(201);
  });
});

describe('the limits of a schema', () => {
  it('are told and enforced', async () => {
    const schema = new PropertySchema({ maxCustomProperties: 1 });
    const shape = {
      label: 'x',
      groupName: 'dealinformation',
      type: 'string',
      fieldType: 'text',
    } as const;
    schema.create('deals', { name: 'one', ...shape });
    expect(() => schema.create('deals', { name: 'two', ...shape })).toThrow('limit of 1');
    schema.archive('deals', 'one');
    expect(schema.create('deals', { name: 'two', ...shape }).name).toBe('two');
    const { body } = await call('GET', '/crm/limits/2026-03/custom-properties');
    expect(body).toMatchObject({ byObjectType: [{ objectTypeId: '0-1', limit: 1_000 }, {}, {}] });
  });

  it('hold ten unique properties', () => {
    const schema = new PropertySchema();
    const create = (index: number) =>
      schema.create('contacts', {
        name: `key_${index}`,
        label: 'x',
        groupName: 'contactinformation',
        type: 'string',
        fieldType: 'text',
        hasUniqueValue: true,
      });
    for (let index = 0; index < 10; index += 1) create(index);
    expect(() => create(10)).toThrow('unique');
  });
});

describe('groups', () => {
  it('are made, renamed, and deleted only when nothing stands in them', async () => {
    const groups = `${properties}/groups`;
    const made = await call('POST', groups, { name: 'assay', label: 'Assay', displayOrder: 1 });
    expect(made.status).toBe(201);
    expect((await call('POST', groups, { name: 'assay', label: 'Again' })).status).toBe(409);
    const renamed = await call('PATCH', `${groups}/assay`, { label: 'Scores' });
    expect(renamed).toMatchObject({ status: 200, body: { label: 'Scores', displayOrder: 1 } });
    await call('POST', properties, wanted('in_group', { groupName: 'assay' }));
    expect((await call('DELETE', `${groups}/assay`)).status).toBe(400);
    await call('DELETE', `${properties}/in_group`);
    expect((await call('DELETE', `${groups}/assay`)).status).toBe(204);
    expect((await call('GET', `${groups}/assay`)).status).toBe(404);
  });
});
