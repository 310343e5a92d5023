import { beforeAll, describe, expect, it } from 'vitest';
import { Org } from '../../../sandbox/zoho/org.ts';
import { type Caller, startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const org = new Org();
let call: Caller;

beforeAll(async () => {
  for (const name of ['a', 'b', 'c']) addRecord(org, 'Deals', { Deal_Name: name, Amount: 1 });
  const owner = addRecord(org, 'Contacts', { Last_Name: 'Sato' });
  addRecord(org, 'Deals', { Deal_Name: 'd', Contact_Name: owner.id });
  ({ call } = await startCaller({ org }));
});

const ask = (select_query: unknown, rest: Readonly<Record<string, unknown>> = {}) =>
  call('POST', '/crm/v8/coql', { select_query, ...rest });

describe('POST /coql', () => {
  it('answers rows and whether there are more', async () => {
    const answer = await ask('select Deal_Name from Deals where Amount = 1 limit 2');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: [{ Deal_Name: 'a' }, { Deal_Name: 'b' }],
        info: { count: 2, more_records: true },
      },
    });
    expect(answer.text).toMatch(/"id":"\d{19}"/);
  });

  it('has nothing to say where there are no rows', async () => {
    expect(await ask('select id from Deals where Amount = 2')).toMatchObject({
      status: 204,
      text: '',
    });
  });

  it('shows a lookup by its id alone, and with its name if the org is so', async () => {
    const query = "select Contact_Name from Deals where Deal_Name = 'd'";
    expect((await ask(query)).text).toMatch(/"Contact_Name":\{"id":"\d+"\}/);
    const { call: callNamed } = await startCaller({ org, coql: { lookupNames: true } });
    expect(await callNamed('POST', '/crm/v8/coql', { select_query: query })).toMatchObject({
      body: { data: [{ Contact_Name: { name: 'Sato' } }] },
    });
  });

  it('describes the fields of the columns when asked to', async () => {
    const query = 'select Deal_Name, Amount from Deals where id > 0';
    expect(await ask(query, { include_meta: ['fields'] })).toMatchObject({
      body: {
        fields: {
          Deal_Name: { api_name: 'Deal_Name', data_type: 'text' },
          Amount: { data_type: 'currency' },
        },
      },
    });
    expect((await ask(query, { include_meta: ['other'] })).body).toMatchObject({
      code: 'INVALID_DATA',
      details: { json_path: '$.include_meta[0]', supported_values: ['fields'] },
    });
    expect((await ask(query, { include_meta: 'fields' })).body).toMatchObject({
      details: { expected_data_type: 'jsonarray' },
    });
  });

  it('gives fewer rows where the org is so', async () => {
    const { call: callFew } = await startCaller({ org, coql: { maxRows: 200 } });
    const select_query = 'select id from Deals where id > 0 limit 201';
    expect(await callFew('POST', '/crm/v8/coql', { select_query })).toMatchObject({
      status: 400,
      body: { code: 'LIMIT_EXCEEDED', details: { limit: 200 } },
    });
  });

  it('refuses a body without a query, and a query that is none', async () => {
    expect(await call('POST', '/crm/v8/coql', {})).toMatchObject({
      status: 400,
      body: { code: 'MANDATORY_NOT_FOUND', details: { api_name: 'select_query' } },
    });
    expect(await ask('select id from Deals')).toMatchObject({
      status: 400,
      body: {
        ...{ code: 'SYNTAX_ERROR', details: { clause: 'where' }, message: 'missing clause' },
        status: 'error',
      },
    });
  });

  it('does not show leads that were converted', async () => {
    addRecord(org, 'Leads', { Last_Name: 'Open' });
    addRecord(org, 'Leads', { Last_Name: 'Gone', Converted__s: true });
    expect(await ask('select Last_Name from Leads where id > 0')).toMatchObject({
      body: { data: [{ Last_Name: 'Open' }], info: { count: 1 } },
    });
  });
});
