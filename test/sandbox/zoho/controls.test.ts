import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startCaller } from './caller.ts';

const { sandbox, call } = await startCaller({ orgOptions: { edition: 'standard', licences: 3 } });
const contacts = '/crm/v8/Contacts';
const created = z.object({ data: z.array(z.object({ details: z.object({ id: z.string() }) })) });

async function newContact(values: object = {}): Promise<string> {
  const { body } = await call('POST', contacts, { data: [{ Last_Name: 'Before', ...values }] });
  return created.parse(body).data[0]?.details.id ?? '';
}

beforeEach(() => call('POST', '/_sandbox/reset'));

describe('the call log', () => {
  it('counts calls by endpoint, and what they cost', async () => {
    const id = await newContact();
    await call('GET', `${contacts}/${id}`);
    await call('GET', `${contacts}/${id}?fields=Last_Name`);
    await call('POST', '/crm/v8/coql', {
      select_query: 'select id from Contacts where id is not null limit 2000',
    });
    const { body } = await call('GET', '/_sandbox/calls');
    expect(body).toMatchObject({
      ...{ total: 4, cost: 6, kinds: { read: 3, write: 1, search: 0, other: 0 } },
      endpoints: {
        'GET /crm/v8/Contacts/{id}': { count: 2, cost: 2, statuses: { 200: 2 } },
        'POST /crm/v8/Contacts': { count: 1, cost: 1, statuses: { 201: 1 } },
        'POST /crm/v8/coql': { count: 1, cost: 3 },
      },
    });
  });

  it('does not charge what was refused for its token', async () => {
    await call('GET', contacts, undefined, { authorization: 'Zoho-oauthtoken wrong' });
    expect(sandbox.calls.report()).toMatchObject({ total: 1, cost: 0, statuses: { 401: 1 } });
  });

  it('does not count the control endpoint', async () => {
    await call('GET', '/_sandbox/state');
    expect(sandbox.calls.report().total).toBe(0);
  });
});

describe('the control endpoint', () => {
  it('shows the state', async () => {
    const { body } = await call('GET', '/_sandbox/state');
    expect(body).toMatchObject({
      ...{ edition: 'standard', licences: 3, records: { Deals: 0 } },
      limits: { settings: { mode: 'off' }, allowance: { credits: 50_750, concurrency: 10 } },
    });
  });

  it('says what is wrong with a request', async () => {
    const answer = await call('POST', '/_sandbox/limits', { edition: 'gold' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('edition');
  });

  it('locks records, as a person would', async () => {
    const id = await newContact();
    const state = { module: 'Contacts', ids: [id, '1'], state: 'locked' };
    expect((await call('POST', '/_sandbox/records/state', state)).body).toEqual({ changed: [id] });
    const write = { data: [{ id, Last_Name: 'After' }] };
    const refused = await call('PUT', contacts, write);
    expect(refused).toMatchObject({ status: 400, body: { data: [{ code: 'RECORD_LOCKED' }] } });
    await call('POST', '/_sandbox/records/state', { ...state, state: 'open' });
    expect((await call('PUT', contacts, write)).status).toBe(200);
  });

  it('edits a record by hand: another user has modified it', async () => {
    const id = await newContact();
    const edit = { module: 'Contacts', id, values: { Last_Name: 'By hand' } };
    await call('POST', '/_sandbox/records/edit', edit);
    const { body } = await call('GET', `${contacts}/${id}`);
    const { other } = sandbox.org.users;
    expect(body).toMatchObject({ data: [{ Last_Name: 'By hand', Modified_By: { id: other.id } }] });
  });

  it('hides a field from the token’s user, and shows it again', async () => {
    const id = await newContact({ Phone: '555' });
    const field = { module: 'Contacts', apiName: 'Phone' };
    await call('POST', '/_sandbox/fields/hide', field);
    const hidden = z.object({ data: z.array(z.record(z.string(), z.unknown())) });
    const { body } = await call('GET', `${contacts}/${id}`);
    expect(hidden.parse(body).data[0]).not.toHaveProperty('Phone');
    await call('POST', '/_sandbox/fields/hide', { ...field, hidden: false });
    expect((await call('GET', `${contacts}/${id}`)).body).toMatchObject({
      data: [{ Phone: '555' }],
    });
  });

  it('tells of every write what automations were let run', async () => {
    await call('DELETE', '/_sandbox/writes');
    const id = await newContact();
    await call('PUT', contacts, {
      ...{ data: [{ id, Last_Name: 'After' }], trigger: [] },
      skip_feature_execution: [{ name: 'cadences' }],
    });
    const { body } = await call('GET', '/_sandbox/writes');
    expect(body).toMatchObject({
      writes: [
        { endpoint: 'insert', ids: [id], trigger: null, skip: [] },
        { endpoint: 'update', ids: [id], trigger: [], skip: ['cadences'] },
      ],
    });
  });
});
