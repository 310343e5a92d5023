import { beforeEach, describe, expect, it } from 'vitest';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { parseCsv } from '../../../sandbox/zoho/csv.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import type { ZohoSandbox } from '../../../sandbox/zoho/server.ts';
import { unzipTexts } from '../../../sandbox/zoho/zip.ts';
import { type Caller, startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const T0 = Date.parse('2026-03-01T00:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let sandbox: ZohoSandbox;
let call: Caller;
let org: Org;
let clock: AdjustableClock;

beforeEach(async () => {
  clock = new AdjustableClock(() => T0);
  org = new Org({ clock: clock.now });
  const jobMs = { queuedMs: 100, fixedMs: 200, perThousandMs: 0 };
  ({ sandbox, call } = await startCaller({
    org,
    clock,
    bulkRead: { pageRows: 2, jobMs },
  }));
});

function deal(name: string, amount: number | null, modifiedAt = T0) {
  return addRecord(org, 'Deals', { Deal_Name: name, Amount: amount }, { modifiedAt });
}

async function make(query: Readonly<Record<string, unknown>>): Promise<string> {
  const { status, body } = await call('POST', '/crm/bulk/v8/read', {
    query: { module: { api_name: 'Deals' }, ...query },
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    data: [{ code: 'ADDED_SUCCESSFULLY', details: { operation: 'read', state: 'ADDED' } }],
  });
  return /"id":"(\d+)"/.exec(JSON.stringify(body))?.[1] ?? '';
}

const look = (id: string) => call('GET', `/crm/bulk/v8/read/${id}`);

/** The bytes of a result; text would not keep them. */
async function download(id: string) {
  const answer = await fetch(`${sandbox.url}/crm/bulk/v8/read/${id}/result`, {
    headers: { authorization: `Zoho-oauthtoken ${sandbox.token}` },
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type'), bytes };
}

async function rowsOf(id: string) {
  const { bytes } = await download(id);
  const [file] = unzipTexts(bytes) ?? [];
  expect(file?.name).toBe(`${id}.csv`);
  return parseCsv(file?.text ?? '', ',');
}

async function read(query: Readonly<Record<string, unknown>>) {
  const id = await make({ fields: ['Deal_Name'], ...query });
  clock.advance(300);
  const [, ...rows] = await rowsOf(id);
  return rows.flat();
}

async function refused(query: unknown) {
  const { status, body } = await call('POST', '/crm/bulk/v8/read', { query });
  return { status, body };
}

describe('a bulk read', () => {
  it('is added, in progress and completed as time goes by, and has a result only then', async () => {
    deal('a', 1);
    const id = await make({ fields: ['id'] });
    expect((await look(id)).body).toMatchObject({ data: [{ state: 'ADDED' }] });
    clock.advance(100);
    expect((await look(id)).body).toMatchObject({ data: [{ state: 'IN PROGRESS' }] });
    expect((await download(id)).status).toBe(404);
    clock.advance(200);
    expect((await look(id)).body).toMatchObject({
      data: [
        {
          state: 'COMPLETED',
          query: { module: { api_name: 'Deals' }, fields: ['id'], page: 1 },
          file_type: 'csv',
          result: {
            ...{ page: 1, count: 1, per_page: 2, more_records: false, next_page_token: null },
            download_url: `/crm/bulk/v8/read/${id}/result`,
          },
        },
      ],
    });
    expect(await download(id)).toMatchObject({ status: 200, type: 'application/zip' });
  });

  it('brings the columns asked for, lookups as ids and texts with commas whole', async () => {
    const contact = addRecord(org, 'Contacts', { Last_Name: 'Sato' });
    const { id } = addRecord(org, 'Deals', {
      Deal_Name: 'Tea, "green"\nand cups',
      Amount: -1.5,
      Contact_Name: contact.id,
    });
    const job = await make({ fields: ['Deal_Name', 'Contact_Name', 'id', 'Amount', 'Stage'] });
    clock.advance(300);
    expect(await rowsOf(job)).toEqual([
      ['Deal_Name', 'Contact_Name', 'id', 'Amount', 'Stage'],
      ['Tea, "green"\nand cups', contact.id, id, '-1.5', ''],
    ]);
  });

  it('brings every visible field when none is named', async () => {
    deal('a', 1);
    org.schema.hide('Deals', org.schema.field('Deals', 'Amount')?.id ?? '', true);
    const id = await make({});
    clock.advance(300);
    const [header = []] = await rowsOf(id);
    expect(header).toEqual(org.schema.visible('Deals').map(({ apiName }) => apiName));
    expect(header).not.toContain('Amount');
  });

  it('has the rows of the moment it was made', async () => {
    const { id } = deal('a', 1);
    const job = await make({ fields: ['Deal_Name'] });
    org.records.Deals.change(id, { values: { Deal_Name: 'changed' } });
    deal('late', 1);
    clock.advance(300);
    expect(await rowsOf(job)).toEqual([['Deal_Name'], ['a']]);
  });

  it('goes on by page and by page token, without a gap or a row twice', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) deal(name, 1);
    expect(await read({ page: 2 })).toEqual(['c', 'd']);
    const seen: string[] = [];
    let next: Readonly<Record<string, unknown>> = {};
    for (let page = 1; page <= 3; page += 1) {
      const id = await make({ fields: ['Deal_Name'], ...next });
      clock.advance(300);
      const [, ...rows] = await rowsOf(id);
      seen.push(...rows.flat());
      const { text, body } = await look(id);
      expect(body).toMatchObject({ data: [{ result: { page, more_records: page < 3 } }] });
      next = { page_token: /"next_page_token":"(\w+)"/.exec(text)?.[1] };
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('takes a page token for a day, and with the query it belongs to', async () => {
    for (const name of ['a', 'b', 'c']) deal(name, 1);
    const id = await make({ fields: ['Deal_Name'] });
    clock.advance(300);
    const page_token = /"next_page_token":"(\w+)"/.exec((await look(id)).text)?.[1];
    const module = { api_name: 'Deals' };
    expect(await refused({ module, fields: ['id'], page_token })).toMatchObject({
      status: 400,
      body: { code: 'TOKEN_BOUND_DATA_MISMATCH' },
    });
    clock.advance(DAY);
    expect(await refused({ module, fields: ['Deal_Name'], page_token })).toMatchObject({
      body: { code: 'EXPIRED_VALUE' },
    });
  });
});

describe('the criteria of a bulk read', () => {
  const leaf = (api_name: string, comparator: string, value: unknown) => ({
    ...{ field: { api_name }, comparator, value },
  });

  beforeEach(() => {
    deal('tea', 10, T0);
    deal('green tea', 20, T0 + 1_000);
    deal('cup', null, T0 + 2_000);
  });

  it.each([
    [leaf('Modified_Time', 'greater_than', '2026-03-01T09:00:00+09:00'), ['green tea', 'cup']],
    [
      leaf('Modified_Time', 'between', ['2026-03-01T00:00:01Z', '2026-03-01T00:00:02Z']),
      ['green tea', 'cup'],
    ],
    [leaf('Amount', 'less_equal', 10), ['tea']],
    [leaf('Amount', 'not_equal', 10), ['green tea']],
    [leaf('Amount', 'equal', '$' + '{EMPTY}'), ['cup']],
    [leaf('Deal_Name', 'ends_with', 'tea'), ['tea', 'green tea']],
    [leaf('Deal_Name', 'not_contains', 'tea'), ['cup']],
    [leaf('Deal_Name', 'in', ['cup', 'tea']), ['tea', 'cup']],
    [
      {
        group_operator: 'or',
        group: [
          leaf('Deal_Name', 'equal', 'cup'),
          {
            group_operator: 'and',
            group: [
              leaf('Amount', 'greater_equal', 10),
              leaf('Amount', 'less_than', 20),
              leaf('Deal_Name', 'starts_with', 't'),
            ],
          },
        ],
      },
      ['tea', 'cup'],
    ],
  ])('%j finds %j', async (criteria, found) => {
    expect(await read({ criteria })).toEqual(found);
  });

  const module = { api_name: 'Deals' };
  it.each([
    [leaf('Nothing', 'equal', 1), 'FIELD_IN_CRITERIA_NOT_AVAILABLE'],
    [leaf('Account_Name.Industry', 'equal', 'x'), 'FIELD_IN_CRITERIA_NOT_AVAILABLE'],
    [leaf('Description', 'equal', 'x'), 'FIELD_IN_CRITERIA_NOT_SUPPORTED'],
    [leaf('Deal_Name', 'less_than', 'x'), 'FIELD_AND_COMPARATOR_IN_CRITERIA_NOT_COMPATIBLE'],
    [leaf('Amount', 'equal', 'x'), 'FIELD_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE'],
    [leaf('Amount', 'is', 1), 'INVALID_CRITERIA'],
    [leaf('Amount', 'equal', [1]), 'COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE'],
    [leaf('id', 'in', Array(201).fill('1')), 'VALUE_LIMIT_EXCEEDED_IN_CRITERIA'],
    [
      { group_operator: 'and', group: Array(26).fill(leaf('Amount', 'equal', 1)) },
      'CRITERIA_LIMIT_EXCEEDED',
    ],
  ])('%j are refused with %s', async (criteria, code) => {
    expect(await refused({ module, criteria })).toMatchObject({ status: 400, body: { code } });
  });
});

describe('a bulk read is refused', () => {
  it.each([
    [{ module: { api_name: 'Unicorns' } }, 'MODULE_NOT_AVAILABLE'],
    [{ module: { api_name: 'Deals' }, fields: ['Nothing'] }, 'FIELD_NOT_AVAILABLE'],
    [{ module: { api_name: 'Deals' }, cvid: '1' }, 'CVID_NOT_SUPPORTED'],
    [{ module: { api_name: 'Deals' }, page: 0 }, 'PAGE_RANGE_EXCEEDED'],
    [{ module: { api_name: 'Deals' }, page: 1, page_token: 'x' }, 'PAGE_NOT_SUPPORTED'],
    [{ fields: ['id'] }, 'MANDATORY_NOT_FOUND'],
  ])('%j with %s', async (query, code) => {
    expect(await refused(query)).toMatchObject({ status: 400, body: { code } });
  });

  it('where the edition has no bulk API', async () => {
    const free = new Org({ clock: clock.now, edition: 'free' });
    const { call: callFree } = await startCaller({ org: free, clock });
    const query = { module: { api_name: 'Deals' } };
    expect(await callFree('POST', '/crm/bulk/v8/read', { query })).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
  });
});

describe('the result of a bulk read', () => {
  it('is gone after a day', async () => {
    const id = await make({ fields: ['id'] });
    clock.advance(DAY);
    expect((await download(id)).status).toBe(200);
    clock.advance(300);
    expect((await download(id)).status).toBe(404);
  });

  it('can be downloaded ten times a minute; then not for a minute', async () => {
    const id = await make({ fields: ['id'] });
    clock.advance(300);
    for (let time = 0; time < 10; time += 1) expect((await download(id)).status).toBe(200);
    clock.advance(MINUTE - 1);
    expect((await download(id)).status).toBe(429);
    clock.advance(MINUTE - 1);
    expect((await download(id)).status).toBe(429);
    clock.advance(1);
    expect((await download(id)).status).toBe(200);
  });

  it('is not there when the job ended as a failure', async () => {
    sandbox.faults.add([{ match: {}, probability: 1, effect: { kind: 'jobFailure' } }]);
    const id = await make({ fields: ['id'] });
    clock.advance(300);
    const { body } = await look(id);
    expect(body).toMatchObject({ data: [{ state: 'FAILURE' }] });
    expect(JSON.stringify(body)).not.toContain('result');
    expect((await download(id)).status).toBe(404);
    expect((await look(await make({ fields: ['id'] }))).body).toMatchObject({
      data: [{ state: 'ADDED' }],
    });
  });

  it('may be a zip cut short', async () => {
    deal('a', 1);
    sandbox.faults.add([{ match: {}, probability: 1, effect: { kind: 'truncatedZip' } }]);
    const id = await make({ fields: ['id'] });
    clock.advance(300);
    const { status, bytes } = await download(id);
    expect([status, unzipTexts(bytes)]).toEqual([200, undefined]);
  });

  it('of an unknown job is not found, nor is the job', async () => {
    expect(await look('1')).toMatchObject({ status: 404, body: { code: 'RESOURCE_NOT_FOUND' } });
    expect((await download('1')).status).toBe(404);
  });
});
