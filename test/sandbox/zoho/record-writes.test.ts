import { beforeEach, describe, expect, it } from 'vitest';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import { codesIn, dataIn, writtenIdsIn } from './answers.ts';
import { startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const START = Date.parse('2026-11-22T07:00:00.750Z');
const clock = new AdjustableClock(() => START);
const org = new Org({ clock: clock.now });
const { call } = await startCaller({ org, clock });
const contacts = '/crm/v8/Contacts';
const store = org.records.Contacts;
const tier = org.schema.create('Contacts', {
  label: 'Value Tier',
  dataType: 'picklist',
  pickList: [
    { actualValue: 'A', displayValue: 'Best' },
    { actualValue: 'B', displayValue: 'Good' },
  ],
});
org.schema.create('Contacts', { label: 'Number', dataType: 'text', isUnique: true });
org.schema.create('Contacts', { label: 'Score', dataType: 'integer' });
org.schema.create('Contacts', { label: 'Seen On', dataType: 'date' });

beforeEach(() => org.writes.reset());

function contact(values = {}): string {
  return addRecord(org, 'Contacts', { Last_Name: 'Doe', ...values }).id;
}

const put = (data: readonly unknown[], headers = {}) => call('PUT', contacts, { data }, headers);

describe('updating records', () => {
  it('answers one result a record, with the record’s new times', async () => {
    const [a, b] = [contact(), contact()];
    clock.advance(5_000);
    const answer = await put([
      { id: a, Value_Tier: 'A' },
      { id: b, Value_Tier: 'B' },
    ]);
    expect(answer.status).toBe(200);
    expect(dataIn(answer.body)[0]).toEqual({
      ...{ code: 'SUCCESS', status: 'success', message: 'record updated' },
      details: {
        id: a,
        Modified_Time: '2026-11-22T07:00:05+00:00',
        Created_Time: '2026-11-22T07:00:00+00:00',
        Modified_By: { name: 'Assay Integration', id: org.users.current.id },
        Created_By: { name: 'Assay Integration', id: org.users.current.id },
        $approval_state: 'approved',
      },
    });
    expect(store.get(b)?.values).toMatchObject({ Last_Name: 'Doe', Value_Tier: 'B' });
  });

  it('is a 207 when some fail and a 400 when all do, each at its place', async () => {
    const a = contact();
    const mixed = await put([
      { id: a, Score: 1 },
      { id: a, Score: 'one' },
      { id: '1', Score: 1 },
    ]);
    expect(mixed.status).toBe(207);
    expect(dataIn(mixed.body)).toMatchObject([
      { code: 'SUCCESS' },
      {
        ...{ code: 'INVALID_DATA', status: 'error', message: 'invalid data' },
        details: {
          ...{ expected_data_type: 'integer', api_name: 'Score' },
          json_path: '$.data[1].Score',
        },
      },
      { code: 'INVALID_DATA', message: 'the id given seems to be invalid' },
    ]);
    expect((await put([{ id: '1' }, { Score: 1 }])).status).toBe(400);
    expect(codesIn((await put([{ Score: 1 }])).body)).toEqual(['MANDATORY_NOT_FOUND']);
  });

  it('takes a hundred records and refuses one more', async () => {
    const ids = Array.from({ length: 101 }, () => contact());
    const data = ids.map((id) => ({ id, Score: 7 }));
    expect((await put(data.slice(1))).status).toBe(200);
    expect(await put(data)).toMatchObject({
      status: 400,
      body: {
        data: [{ code: 'LIMIT_EXCEEDED', details: { maximum_length: 100, api_name: 'data' } }],
      },
    });
    expect(store.get(ids[0] ?? '')?.values['Score']).toBeUndefined();
  });

  it('refuses what a field cannot hold, and clears it with null', async () => {
    const id = contact({ Value_Tier: 'A', Seen_On: '2026-01-01' });
    const bad = [
      { Value_Tier: 'Best' },
      { Value_Tier: 'C' },
      { Last_Name: 'x'.repeat(81) },
      { Last_Name: null },
      { Email: 'nobody' },
      { Seen_On: '2026-02-30' },
      { Account_Name: { id: '1' } },
      { Owner: { id: '1' } },
      { Modified_Time: '2026-01-01T00:00:00Z' },
    ];
    for (const values of bad) {
      const answer = await put([{ id, ...values }]);
      expect(answer.status, JSON.stringify(values)).toBe(400);
      expect(dataIn(answer.body)[0]).toMatchObject({
        details: { json_path: `$.data[0].${Object.keys(values)[0]}` },
      });
    }
    await put([{ id, Value_Tier: null, Seen_On: null }]);
    expect(store.get(id)?.values).toMatchObject({ Value_Tier: null, Seen_On: null });
  });

  it('passes over a field that is not there: success, and nothing written', async () => {
    const id = contact();
    const field = org.schema.create('Contacts', { label: 'Gone', dataType: 'text' });
    org.schema.delete('Contacts', field.id);
    org.schema.hide('Contacts', tier.id, true);
    const answer = await put([{ id, Gone: 'x', Value_Tier: 'A' }]);
    org.schema.hide('Contacts', tier.id, false);
    expect(codesIn(answer.body)).toEqual(['SUCCESS']);
    expect(store.get(id)?.values).toEqual({ Last_Name: 'Doe' });
  });

  it('finds nobody, or somebody else, by an id that was parsed into a double', async () => {
    const id = contact();
    const lost = await put([{ id: Number(id), Score: 9 }]);
    expect(lost.body).toMatchObject({
      data: [{ code: 'INVALID_DATA', message: 'the id given seems to be invalid' }],
    });
    const whole = new TextEncoder().encode(`{"data":[{"id":${id},"Score":9}]}`);
    expect((await call('PUT', contacts, whole)).status).toBe(200);
    expect(store.get(id)?.values['Score']).toBe(9);
  });

  it('parks records that are locked, or wait for an approval or a review', async () => {
    const ids = (['locked', 'approval', 'review'] as const).map(
      (state) => addRecord(org, 'Contacts', { Last_Name: state }, { state }).id,
    );
    const { body } = await put(ids.map((id) => ({ id, Score: 1 })));
    expect(codesIn(body)).toEqual(['RECORD_LOCKED', 'NOT_APPROVED', 'NOT_REVIEWED']);
    expect(dataIn(body)[0]).toMatchObject({
      details: { api_name: 'id', action: 'record_locking', json_path: '$.data[0].id' },
    });
    expect((await call('DELETE', `${contacts}?ids=${ids[0]}`)).status).toBe(400);
  });

  it('is a 412 after somebody changed the record', async () => {
    const [read, changed] = [contact(), contact()];
    const since = { 'if-unmodified-since': new Date(clock.now()).toISOString() };
    store.change(changed, { modifiedAt: org.now() + 10_000 });
    expect(await put([{ id: changed, Score: 1 }], since)).toMatchObject({
      status: 412,
      body: { data: [{ code: 'ALREADY_MODIFIED', details: { id: changed } }] },
    });
    const both = await put(
      [
        { id: read, Score: 1 },
        { id: changed, Score: 1 },
      ],
      since,
    );
    expect([both.status, codesIn(both.body)]).toEqual([207, ['SUCCESS', 'ALREADY_MODIFIED']]);
  });

  it('by id does the same for one', async () => {
    const id = contact();
    expect((await call('PUT', `${contacts}/${id}`, { data: [{ Score: 4 }] })).status).toBe(200);
    expect(store.get(id)?.values['Score']).toBe(4);
  });

  it('keeps a note of which automations each call started', async () => {
    const id = contact();
    const skip_feature_execution = [{ name: 'cadences' }, { name: 'assignment_rules' }];
    const apply_feature_execution = [{ name: 'layout_rules' }];
    await call('PUT', contacts, { data: [{ id, Score: 1 }], trigger: [], skip_feature_execution });
    await call('PUT', contacts, { data: [{ id }, { id: '1' }], apply_feature_execution });
    await call('DELETE', `${contacts}?ids=${id}&wf_trigger=false`);
    expect(org.writes.all()).toEqual([
      {
        ...{ module: 'Contacts', endpoint: 'update', ids: [id] },
        ...{ trigger: [], skip: ['cadences', 'assignment_rules'], apply: [] },
      },
      {
        ...{ module: 'Contacts', endpoint: 'update', ids: [id] },
        ...{ trigger: null, skip: [], apply: ['layout_rules'] },
      },
      {
        ...{ module: 'Contacts', endpoint: 'delete', ids: [id] },
        ...{ trigger: [], skip: [], apply: [] },
      },
    ]);
    expect((await call('PUT', contacts, { data: [{ id }], trigger: ['mail'] })).status).toBe(400);
  });

  it('of an unknown module is refused within a list', async () => {
    expect(await call('PUT', '/crm/v8/Wishes', { data: [{ id: '1' }] })).toMatchObject({
      status: 400,
      body: { data: [{ code: 'INVALID_MODULE', details: { resource_path_index: 0 } }] },
    });
  });
});

describe('adding records', () => {
  it('is a 201 with the new ids, 19 digits long', async () => {
    const answer = await call('POST', contacts, { data: [{ Last_Name: 'New', Number: 'n-1' }] });
    expect(answer.status).toBe(201);
    const [id = ''] = writtenIdsIn(answer.body);
    expect(id).toMatch(/^\d{19}$/);
    expect(store.get(id)?.createdAt).toBe(org.now());
  });

  it('needs the mandatory fields, and leaves unique values to one record', async () => {
    const first = contact({ Number: 'n-2' });
    const answer = await call('POST', contacts, {
      data: [{ First_Name: 'Only' }, { Last_Name: 'Twin', Number: 'N-2' }],
    });
    expect(answer.status).toBe(400);
    expect(dataIn(answer.body)).toMatchObject([
      { code: 'MANDATORY_NOT_FOUND', details: { api_name: 'Last_Name' } },
      {
        code: 'DUPLICATE_DATA',
        details: {
          ...{ api_name: 'Number', id: first, more_records: false },
          duplicate_record: { id: first, module: { api_name: 'Contacts' } },
        },
      },
    ]);
  });

  it('saves a deal with the exchange rate of that moment, which later rates leave alone', async () => {
    org.currencies.add('EUR', 0.9);
    const deal = { Deal_Name: 'd', Stage: 'Closed Won', Currency: 'EUR', Amount: 90 };
    const [id = ''] = writtenIdsIn((await call('POST', '/crm/v8/Deals', { data: [deal] })).body);
    org.currencies.add('EUR', 0.8);
    await call('PUT', '/crm/v8/Deals', { data: [{ id, Amount: 95 }] });
    expect(org.records.Deals.get(id)?.values).toMatchObject({ Exchange_Rate: 0.9, Amount: 95 });
    await call('PUT', '/crm/v8/Deals', { data: [{ id, Currency: 'USD' }] });
    expect(org.records.Deals.get(id)?.values).toMatchObject({ Currency: 'USD', Exchange_Rate: 1 });
  });

  it('by upsert updates whom it finds by e-mail or a unique field, and adds everybody else', async () => {
    const known = contact({ Email: 'ann@example.com', Number: 'n-3' });
    const upsert = (data: readonly unknown[], rest = {}) =>
      call('POST', `${contacts}/upsert`, { data, ...rest });
    const { body } = await upsert([
      { Last_Name: 'Ann', Email: 'ANN@example.com' },
      { Last_Name: 'Three', Number: 'n-3' },
      { Last_Name: 'Nobody', Email: 'no@example.com' },
    ]);
    expect(dataIn(body)).toMatchObject([
      { action: 'update', duplicate_field: 'Email', details: { id: known } },
      { action: 'update', duplicate_field: 'Number', details: { id: known } },
      { action: 'insert', duplicate_field: null, message: 'record added' },
    ]);
    const byName = { duplicate_check_fields: ['Last_Name'] };
    const again = await upsert([{ Last_Name: 'Three' }], byName);
    expect(writtenIdsIn(again.body)).toEqual([known]);
  });
});

const odd = new Org({ unknownPickListValue: 'store', unknownField: 'refuse' });
const { call: callOdd } = await startCaller({ org: odd });

describe('an org with other habits', () => {
  it('stores unknown values of a list, and refuses unknown fields', async () => {
    const { id } = addRecord(odd, 'Contacts', { Last_Name: 'Doe' });
    const stored = await callOdd('PUT', contacts, { data: [{ id, Salutation: 'Sir' }] });
    expect(stored.status).toBe(200);
    const refused = await callOdd('PUT', contacts, { data: [{ id, Nonsense: 1 }] });
    expect(refused.body).toMatchObject({ data: [{ details: { api_name: 'Nonsense' } }] });
  });
});
