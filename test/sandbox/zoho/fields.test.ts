import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { updateField } from '../../../sandbox/zoho/field-admin.ts';
import { startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const { sandbox, call } = await startCaller({ orgOptions: { customFieldLimit: 8 } });
const { org } = sandbox;
const path = '/crm/v8/settings/fields?module=Contacts';
const results = z.object({
  fields: z.array(z.looseObject({ code: z.string(), details: z.looseObject({}) })),
});
const shown = z.object({ fields: z.array(z.looseObject({ api_name: z.string() })) });

async function create(...fields: readonly Readonly<Record<string, unknown>>[]) {
  const { status, body } = await call('POST', path, { fields });
  return { status, fields: results.parse(body).fields };
}

async function named(apiName: string) {
  const { body } = await call('GET', path);
  return shown.parse(body).fields.find((field) => field.api_name === apiName);
}

const label = (text: string, type = 'text') => ({ field_label: text, data_type: type });

describe('creating a field', () => {
  it('makes the api name of the label, and does not tell it', async () => {
    const { status, fields } = await create(label('Days since order', 'integer'));
    expect(status).toBe(201);
    expect(fields).toEqual([
      {
        ...{ code: 'SUCCESS', status: 'success', message: 'field created' },
        details: { id: expect.stringMatching(/^\d{19}$/) },
      },
    ]);
    expect(await named('Days_since_order')).toMatchObject({
      ...{ data_type: 'integer', custom_field: true, field_label: 'Days since order' },
      id: fields[0]?.details['id'],
    });
  });

  it('gives a name of its own to a label that only looks different', async () => {
    await create(label('Days-since order'));
    expect(await named('Days_since_order1')).toMatchObject({ field_label: 'Days-since order' });
  });

  it('numbers the names of labels without Latin letters', async () => {
    await create(label('价值等级'), label('最近购买'));
    expect(await named('field')).toMatchObject({ field_label: '价值等级' });
    expect(await named('field1')).toMatchObject({ field_label: '最近购买' });
  });

  it('refuses what is taken, reserved, too long or of no type, each in its place', async () => {
    const { status, fields } = await create(
      label('last name'),
      label('Select'),
      label('x'.repeat(26)),
      label('Good'),
      label('Odd', 'poem'),
    );
    expect(status).toBe(207);
    expect(fields.map(({ code }) => code)).toEqual([
      'DUPLICATE_DATA',
      'RESERVED_KEYWORD_NOT_ALLOWED',
      'INVALID_DATA',
      'SUCCESS',
      'INVALID_DATA',
    ]);
    expect(fields[2]?.details).toEqual({
      ...{ maximum_length: 25, api_name: 'field_label' },
      json_path: '$.fields[2].field_label',
    });
  });

  it('takes five at once and no more', async () => {
    const answer = await call('POST', path, { fields: Array(6).fill(label('Many')) });
    expect(answer).toMatchObject({ status: 400, body: { code: 'LIMIT_EXCEEDED' } });
  });

  it('keeps both values of a picklist, and wants at least one', async () => {
    const values = [{ display_value: '高', actual_value: 'high' }, { display_value: 'Low' }];
    await create({ ...label('Class', 'picklist'), pick_list_values: values });
    expect(await named('Class')).toMatchObject({
      pick_list_values: [
        { display_value: '高', actual_value: 'high' },
        { display_value: 'Low', actual_value: 'Low' },
      ],
    });
    const { fields } = await create(label('Empty', 'picklist'));
    expect(fields[0]).toMatchObject({
      ...{ code: 'MANDATORY_NOT_FOUND', details: { api_name: 'pick_list_values' } },
    });
  });

  it('shown to other profiles alone is there, and we do not see it', async () => {
    const [administrator, standard] = org.users.profiles();
    const profiles = (id = '') => [{ id, permission_type: 'read_write' }];
    await create({ ...label('Theirs'), profiles: profiles(standard?.id) });
    await create({ ...label('Ours'), profiles: profiles(administrator?.id) });
    expect(await named('Theirs')).toBeUndefined();
    expect(await named('Ours')).toBeDefined();
    expect((await create(label('Theirs'))).fields[0]?.code).toBe('DUPLICATE_DATA');
    for (const name of ['Theirs', 'Ours'])
      org.schema.delete('Contacts', org.schema.field('Contacts', name)?.id ?? '');
  });

  it('ends where the edition ends, as __features foretold', async () => {
    const features = '/crm/v8/__features?module=Contacts&api_names=custom_field';
    const left = await call('GET', features);
    const counts = {
      limits: { total: 8 },
      used_count: { total: 6 },
      available_count: { total: 2 },
    };
    expect(left.body).toMatchObject({ __features: [{ details: counts }] });
    const { fields } = await create(label('Seventh'), label('Eighth'), label('Ninth'));
    expect(fields.map(({ code }) => code)).toEqual(['SUCCESS', 'SUCCESS', 'LIMIT_EXCEEDED']);
    expect(fields[2]?.details).toMatchObject({
      limit: 8,
      limit_due_to: [{ api_name: 'custom_field' }],
    });
  });
});

describe('changing a field', () => {
  const one = (id: string) => `/crm/v8/settings/fields/${id}?module=Contacts`;

  it('adds values to a picklist and renames what is shown of one', async () => {
    const field = org.schema.field('Contacts', 'Class');
    const patch = {
      fields: [
        {
          pick_list_values: [
            { id: field?.pickList[0]?.id, display_value: 'High' },
            { display_value: 'Middle', actual_value: 'mid' },
          ],
        },
      ],
    };
    expect((await call('PATCH', one(field?.id ?? ''), patch)).status).toBe(200);
    expect(await named('Class')).toMatchObject({
      pick_list_values: [
        { display_value: 'High', actual_value: 'high' },
        { display_value: 'Low', actual_value: 'Low' },
        { display_value: 'Middle', actual_value: 'mid' },
      ],
    });
  });

  it('never changes its type', async () => {
    const { id = '' } = org.schema.field('Contacts', 'Class') ?? {};
    const answer = await call('PATCH', one(id), { fields: [{ data_type: 'text' }] });
    expect(answer).toMatchObject({
      status: 400,
      body: { fields: [{ code: 'INVALID_DATA', details: { api_name: 'data_type' } }] },
    });
  });

  it('by an admin moves its api name, its values with it, and leaves its id', async () => {
    const { id = '' } = org.schema.field('Contacts', 'Seventh') ?? {};
    const record = addRecord(org, 'Contacts', { Last_Name: 'One', Seventh: 'kept' });
    updateField(org, 'Contacts', id, { apiName: 'Renamed_by_admin' });
    const list = '/crm/v8/Contacts?fields=Renamed_by_admin,Seventh';
    const { body } = await call('GET', list);
    expect(body).toMatchObject({ data: [{ id: record.id, Renamed_by_admin: 'kept' }] });
    expect(await named('Renamed_by_admin')).toMatchObject({ id });
    expect(await named('Seventh')).toBeUndefined();
  });

  it('away takes its values with it, and only custom ones go', async () => {
    const { id = '' } = org.schema.field('Contacts', 'Renamed_by_admin') ?? {};
    expect((await call('DELETE', one(id))).status).toBe(200);
    await create(label('Renamed by admin'));
    const { body } = await call('GET', '/crm/v8/Contacts?fields=Renamed_by_admin');
    expect(body).toMatchObject({ data: [{ Renamed_by_admin: null }] });
    const { id: email = '' } = org.schema.field('Contacts', 'Email') ?? {};
    expect((await call('DELETE', one(email))).status).toBe(400);
  });

  it('hidden from the profile is missing from metadata and records alike', async () => {
    const { id = '' } = org.schema.field('Contacts', 'Phone') ?? {};
    addRecord(org, 'Contacts', { Last_Name: 'Two', Phone: '+49 30 1234' });
    org.schema.hide('Contacts', id, true);
    expect(await named('Phone')).toBeUndefined();
    const { text } = await call('GET', '/crm/v8/Contacts?fields=Last_Name,Phone');
    expect(text).not.toContain('Phone');
    org.schema.hide('Contacts', id, false);
    expect((await call('GET', '/crm/v8/Contacts?fields=Phone')).text).toContain('+49 30 1234');
  });
});

describe('metadata', () => {
  it('needs a module, and one that exists', async () => {
    const bare = await call('GET', '/crm/v8/settings/fields');
    expect(bare.body).toMatchObject({
      ...{ code: 'REQUIRED_PARAM_MISSING', details: { param_name: 'module' } },
    });
    const odd = await call('GET', '/crm/v8/settings/fields?module=Opportunities');
    expect(odd).toMatchObject({ status: 400, body: { details: { param_name: 'module' } } });
  });

  it('of modules is a 304 until a field changes', async () => {
    const since = { 'if-modified-since': new Date(sandbox.clock.now()).toISOString() };
    sandbox.clock.advance(2_000);
    expect((await call('GET', '/crm/v8/settings/modules', undefined, since)).status).toBe(304);
    const fields = [label('Later')];
    await call('POST', '/crm/v8/settings/fields?module=Deals', { fields });
    const { body } = await call('GET', '/crm/v8/settings/modules', undefined, since);
    expect(body).toMatchObject({ modules: [{ api_name: 'Deals' }] });
  });

  it('of pipelines follows the stages that people add and rename', async () => {
    const [pipeline] = org.pipelines.all();
    org.pipelines.addStage(pipeline?.id ?? '', {
      ...{
        actualValue: '成交',
        displayValue: '成交',
        forecastType: 'Closed Won',
        probability: 100,
      },
    });
    const layout = org.catalog.get('Deals').layoutId;
    const { text } = await call('GET', `/crm/v8/settings/pipeline?layout_id=${layout}`);
    expect(text).toContain('成交');
    const stages = org.schema.field('Deals', 'Stage')?.pickList.map((each) => each.actualValue);
    expect(stages).toContain('成交');
    const other = org.catalog.get('Contacts').layoutId;
    const refused = await call('GET', `/crm/v8/settings/pipeline?layout_id=${other}`);
    expect(refused).toMatchObject({ status: 400, body: { details: { param_name: 'layout_id' } } });
  });
});
