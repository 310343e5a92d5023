import { beforeEach, describe, expect, it } from 'vitest';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import { dataIn, idsIn, infoIn } from './answers.ts';
import { callerOf, startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const START = Date.parse('2026-11-22T07:00:00Z');
const DAY = 86_400_000;
const clock = new AdjustableClock(() => START);
const org = new Org({ clock: clock.now, timeZone: 'Asia/Kolkata' });
const tokens = [{ token: 'own' }, { token: 'other', userId: org.users.other.id }];
const { sandbox, call } = await startCaller({ org, clock, tokens });
const callAsOther = callerOf(sandbox.url, 'other');
const contacts = org.records.Contacts;
const list = '/crm/v8/Contacts?fields=Last_Name,Email';

function add(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, n) => addRecord(org, 'Contacts', { Last_Name: `c${n}` }).id,
  );
}

beforeEach(() => {
  for (const { id } of contacts.byId())
    contacts.delete(id, { type: 'permanent', deletedAt: 0, deletedBy: '' });
});

describe('a list of records', () => {
  it('must name its fields, and no more than fifty', async () => {
    expect(await call('GET', '/crm/v8/Contacts')).toMatchObject({
      status: 400,
      body: { code: 'REQUIRED_PARAM_MISSING', details: { param_name: 'fields' } },
    });
    const fields = Array.from({ length: 51 }, (_, n) => `F${n}`).join(',');
    expect(await call('GET', `/crm/v8/Contacts?fields=${fields}`)).toMatchObject({
      status: 400,
      body: { code: 'LIMIT_EXCEEDED', details: { limit: 50, param_name: 'fields' } },
    });
  });

  it('without rows is a 204 without a body', async () => {
    const answer = await call('GET', list);
    expect([answer.status, answer.text]).toEqual([204, '']);
  });

  it('comes newest id first, with its numbers beside it, and null for what is empty', async () => {
    const ids = add(3);
    const { body } = await call('GET', list);
    expect(idsIn(body)).toEqual(ids.toReversed());
    expect(dataIn(body)[0]).toEqual({ id: ids[2], Last_Name: 'c2', Email: null });
    expect(infoIn(body)).toEqual({
      ...{ per_page: 200, count: 3, page: 1, sort_by: 'id', sort_order: 'desc' },
      ...{ more_records: false, next_page_token: null, previous_page_token: null },
      ...{ page_token_expiry: null, call: false, email: false },
    });
  });

  it('sorts by modified time and then id, for many share a second', async () => {
    const [a = '', b = '', c = ''] = add(3);
    contacts.change(b, { modifiedAt: START + 60_000 });
    const { body } = await call('GET', `${list}&sort_by=Modified_Time&sort_order=asc`);
    expect(idsIn(body)).toEqual([a, c, b]);
  });

  it('shows times with the offset of the zone, owners and lookups with their names', async () => {
    const account = addRecord(org, 'Accounts', { Account_Name: 'Acme' });
    addRecord(org, 'Contacts', { Last_Name: 'Doe', Account_Name: account.id });
    const { body } = await call(
      'GET',
      '/crm/v8/Contacts?fields=Modified_Time,Account_Name,Owner,Email_Opt_Out',
    );
    expect(dataIn(body)[0]).toMatchObject({
      Modified_Time: '2026-11-22T12:30:00+05:30',
      Account_Name: { name: 'Acme', id: account.id },
      Owner: { id: org.users.current.id, name: 'Assay Integration' },
      Email_Opt_Out: false,
    });
  });

  it('leaves out fields that are not there and those that are hidden, without a word', async () => {
    add(1);
    const phone = org.schema.field('Contacts', 'Phone');
    org.schema.hide('Contacts', phone?.id ?? '', true);
    const { body } = await call('GET', '/crm/v8/Contacts?fields=Last_Name,Phone,Nonsense');
    org.schema.hide('Contacts', phone?.id ?? '', false);
    expect(Object.keys(dataIn(body)[0] ?? {})).toEqual(['id', 'Last_Name']);
  });

  it('shows only what is newer than If-Modified-Since, and 304 when nothing is', async () => {
    const [, b = ''] = add(2);
    const since = { 'if-modified-since': '2026-11-22T12:30:00+05:30' };
    expect((await call('GET', list, undefined, since)).status).toBe(304);
    contacts.change(b, { modifiedAt: START + 1_000 });
    expect(idsIn((await call('GET', list, undefined, since)).body)).toEqual([b]);
  });

  it('takes ids, and the id of a custom view but not with an order', async () => {
    const [a = '', b = ''] = add(2);
    expect(idsIn((await call('GET', `${list}&ids=${a},1`)).body)).toEqual([a]);
    const criteria = [{ field: 'Last_Name', comparator: 'equal', value: 'c1' }] as const;
    const view = org.customViews.create('Contacts', { name: 'Ones', fields: [], criteria });
    expect(idsIn((await call('GET', `${list}&cvid=${view.id}`)).body)).toEqual([b]);
    expect((await call('GET', `${list}&cvid=${view.id}&sort_by=id`)).status).toBe(400);
    expect(await call('GET', `${list}&cvid=1`)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_DATA', details: { param_name: 'cvid' } },
    });
  });

  it('of an unknown module is refused alone, without a list around it', async () => {
    expect(await call('GET', '/crm/v8/Wishes?fields=id')).toMatchObject({
      status: 400,
      body: { code: 'INVALID_MODULE', details: { resource_path_index: 0 } },
    });
  });
});

describe('the pages of a list', () => {
  it('by number end at 2,000 records', async () => {
    add(5);
    const paged = `${list}&per_page=2`;
    expect(idsIn((await call('GET', `${paged}&page=3`)).body)).toHaveLength(1);
    expect((await call('GET', `${paged}&page=4`)).status).toBe(204);
    expect((await call('GET', `${paged}&page=1000`)).status).toBe(204);
    expect(await call('GET', `${paged}&page=1001`)).toMatchObject({
      status: 400,
      body: { code: 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', details: { limit: 2_000 } },
    });
    expect((await call('GET', `${list}&per_page=201`)).status).toBe(400);
  });

  it('by token neither skip nor repeat when records come and go between them', async () => {
    const ids = add(6).toReversed();
    const first = await call('GET', `${list}&per_page=2`);
    contacts.delete(ids[1] ?? '', { type: 'recycle', deletedAt: START, deletedBy: '' });
    add(1);
    const second = await call('GET', `${list}&per_page=2&page_token=${tokenIn(first.body)}`);
    expect([...idsIn(first.body), ...idsIn(second.body)]).toEqual(ids.slice(0, 4));
    expect(infoIn(second.body)).toMatchObject({ page: 2, more_records: true });
    const back = `${list}&per_page=2&page_token=${infoIn(second.body)['previous_page_token']}`;
    expect((await call('GET', back)).status).toBe(200);
  });

  it('by token are bound to the same user and parameters, and end after a day', async () => {
    add(3);
    const paged = `${list}&per_page=2`;
    const token = tokenIn((await call('GET', paged)).body);
    const other = `/crm/v8/Contacts?fields=Email&per_page=2&page_token=${token}`;
    expect(await call('GET', other)).toMatchObject({
      status: 400,
      body: { code: 'TOKEN_BOUND_DATA_MISMATCH', details: { param_name: 'page_token' } },
    });
    expect((await callAsOther('GET', `${paged}&page_token=${token}`)).body).toMatchObject({
      code: 'TOKEN_BOUND_DATA_MISMATCH',
    });
    expect((await call('GET', `${paged}&page=2&page_token=${token}`)).body).toMatchObject({
      code: 'AMBIGUITY_DURING_PROCESSING',
    });
    clock.advance(DAY);
    expect(await call('GET', `${paged}&page_token=${token}`)).toMatchObject({
      status: 400,
      body: { code: 'EXPIRED_VALUE', details: { api_name: 'page_token' } },
    });
  });

  it('by token end at 100,000 records', async () => {
    const user = org.users.current.id;
    for (let n = 0; n < 100_200; n += 1)
      contacts.load({
        ...{ id: org.ids.take(), values: { Last_Name: 'x' }, tags: [], state: 'open' },
        ...{ createdAt: START, modifiedAt: START, createdBy: user, modifiedBy: user },
      });
    let token = '';
    let answer = await call('GET', list);
    for (let page = 2; page <= 500; page += 1) {
      token = tokenIn(answer.body);
      answer = await call('GET', `${list}&page_token=${token}`);
    }
    expect(infoIn(answer.body)).toMatchObject({ page: 500, count: 200, more_records: true });
    const beyond = await call('GET', `${list}&page_token=${tokenIn(answer.body)}`);
    expect(beyond).toMatchObject({ status: 400, body: { code: 'PAGINATION_LIMIT_EXCEEDED' } });
  }, 30_000);
});

describe('one record', () => {
  it('shows every field that the user may see, or those asked for', async () => {
    const [id = ''] = add(1);
    const { body } = await call('GET', `/crm/v8/Contacts/${id}`);
    const names = org.schema.visible('Contacts').map(({ apiName }) => apiName);
    expect(Object.keys(dataIn(body)[0] ?? {}).toSorted()).toEqual(names.toSorted());
    const some = await call('GET', `/crm/v8/Contacts/${id}?fields=Email`);
    expect(dataIn(some.body)).toEqual([{ id, Email: null }]);
  });

  it('that is not there is refused', async () => {
    const answer = await call('GET', '/crm/v8/Contacts/5725767000000999999');
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_DATA' } });
  });
});

function tokenIn(body: unknown): string {
  return String(infoIn(body)['next_page_token']);
}
