import { beforeEach, describe, expect, it } from 'vitest';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { parseCsv } from '../../../sandbox/zoho/csv.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import type { StoredRecord } from '../../../sandbox/zoho/record.ts';
import type { ZohoSandbox } from '../../../sandbox/zoho/server.ts';
import { unzipTexts, zipText } from '../../../sandbox/zoho/zip.ts';
import { type Caller, startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const T0 = Date.parse('2026-03-01T00:00:00Z');
const WEEK = 7 * 24 * 3_600_000;

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
    bulkWrite: { jobMs },
  }));
});

function contact(values: StoredRecord['values'], rest: Partial<StoredRecord> = {}): StoredRecord {
  return addRecord(org, 'Contacts', { Last_Name: 'Sato', ...values }, rest);
}

const idIn = (text: string, name: string) => new RegExp(`"${name}":"(\\d+)"`).exec(text)?.[1] ?? '';

async function send(file: Uint8Array, headers: Readonly<Record<string, string>> = {}) {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(file)]), 'rows.zip');
  const own = { feature: 'bulk-write', 'x-crm-org': org.options.zgid };
  return call('POST', '/crm/v8/upload', form, { ...own, ...headers });
}

async function upload(csv: string): Promise<string> {
  const { text } = await send(zipText({ name: 'rows.csv', text: csv }));
  return idIn(text, 'file_id');
}

interface Job {
  readonly operation?: string;
  readonly find_by?: string;
  readonly ignore_empty?: boolean;
  readonly fields?: readonly string[];
  readonly mappings?: readonly unknown[];
  readonly module?: string;
}

async function start(csv: string, job: Job = {}) {
  const { operation = 'update', fields, mappings, module = 'Contacts', ...rest } = job;
  const field_mappings =
    mappings ??
    (fields ?? csv.split(/[\n,;:|]/, 2)).map((api_name, index) => ({ api_name, index }));
  const find = operation === 'insert' ? {} : { find_by: rest.find_by ?? 'id' };
  return call('POST', '/crm/bulk/v8/write', {
    ...{ operation, ignore_empty: rest.ignore_empty ?? false },
    resource: [
      {
        ...{ type: 'data', module: { api_name: module }, file_id: await upload(csv) },
        ...{ ...find, field_mappings },
      },
    ],
  });
}

const look = (id: string) => call('GET', `/crm/bulk/v8/write/${id}`);

async function run(csv: string, job: Job = {}) {
  const { status, text } = await start(csv, job);
  expect({ status, text }).toMatchObject({ status: 201 });
  const id = idIn(text, 'id');
  clock.advance(300);
  return { id, job: await look(id), rows: await resultOf(id) };
}

async function download(id: string) {
  const { body } = await look(id);
  const url = /"download_url":"([^"]+)"/.exec(JSON.stringify(body))?.[1];
  const answer = await fetch(url ?? `${sandbox.url}/crm/bulk/v8/write/${id}/result`, {
    headers: { authorization: `Zoho-oauthtoken ${sandbox.token}` },
  });
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

async function resultOf(id: string) {
  const [file] = unzipTexts((await download(id)).bytes) ?? [];
  expect(file?.name).toBe('Contacts-rows.csv');
  return parseCsv(file?.text ?? '', ',');
}

describe('a bulk write', () => {
  it('updates records by id and says of every row what became of it', async () => {
    const [good, locked, waiting] = [
      contact({ Title: 'old' }),
      contact({ Title: 'old' }, { state: 'locked' }),
      contact({ Title: 'old' }, { state: 'approval' }),
    ];
    const rows = [
      ...[good.id, locked.id, waiting.id, '999'].map((id) => `${id},Buyer,1990-01-31`),
      `${good.id},Buyer,31.1.1990`,
    ];
    const done = await run(`id,Title,Born\n${rows.join('\n')}\n`, {
      fields: ['id', 'Title', 'Date_of_Birth'],
    });
    expect(done.rows).toEqual([
      ['id', 'Title', 'Born', 'STATUS', 'RECORD_ID', 'ERRORS'],
      [good.id, 'Buyer', '1990-01-31', 'UPDATED', good.id, ''],
      [locked.id, 'Buyer', '1990-01-31', 'SKIPPED', '', 'RECORD_LOCKED-id'],
      [waiting.id, 'Buyer', '1990-01-31', 'SKIPPED', '', 'NOT_APPROVED-id'],
      ['999', 'Buyer', '1990-01-31', 'SKIPPED', '', 'RESOURCE_NOT_FOUND-id'],
      [good.id, 'Buyer', '31.1.1990', 'SKIPPED', '', 'INVALID_DATA-Born'],
    ]);
    expect(done.job.body).toMatchObject({
      status: 'COMPLETED',
      operation: 'update',
      id: done.id,
      resource: [
        {
          status: 'COMPLETED',
          file: {
            ...{ name: 'rows.csv', total_count: 5, added_count: 0 },
            ...{ updated_count: 1, skipped_count: 4 },
          },
        },
      ],
    });
    expect(org.records.Contacts.get(good.id)?.values).toMatchObject({
      ...{ Title: 'Buyer', Date_of_Birth: '1990-01-31', Last_Name: 'Sato' },
    });
    expect(org.records.Contacts.get(locked.id)?.values['Title']).toBe('old');
  });

  it('repeats no more than the first three mapped columns in its result', async () => {
    const { id } = contact({});
    const csv = `Title,First_Name,Department,id\nBuyer,Aki,Tea,${id}\n`;
    const { rows } = await run(csv, { fields: ['Title', 'First_Name', 'Department', 'id'] });
    expect(rows).toEqual([
      ['Title', 'First_Name', 'Department', 'STATUS', 'RECORD_ID', 'ERRORS'],
      ['Buyer', 'Aki', 'Tea', 'UPDATED', id, ''],
    ]);
  });

  it('writes as the user of the job, and in the log of writes starts no automation', async () => {
    const { id } = contact({}, { modifiedBy: org.users.other.id });
    await run(`id,Title\n${id},Buyer\n`);
    expect(org.records.Contacts.get(id)).toMatchObject({
      modifiedBy: org.users.current.id,
      modifiedAt: T0,
    });
    const write = { module: 'Contacts', endpoint: 'bulk_write', ids: [id], trigger: [], skip: [] };
    expect(org.writes.all()).toEqual([write]);
  });

  it('empties a field by an empty cell, unless empty cells are ignored', async () => {
    const { id } = contact({ Title: 'old', Department: 'Tea' });
    await run(`id,Title\n${id},\n`, { ignore_empty: true });
    expect(org.records.Contacts.get(id)?.values['Title']).toBe('old');
    await run(`id,Title\n${id},\n`, { ignore_empty: false });
    expect(org.records.Contacts.get(id)?.values).toMatchObject({ Title: null, Department: 'Tea' });
  });

  it.each([',', ';', ':', '|'])('reads a file separated by %s', async (separator) => {
    const { id } = contact({});
    await run(`${['id', 'Title'].join(separator)}\r\n${[id, 'Buyer'].join(separator)}\r\n`, {
      fields: ['id', 'Title'],
    });
    expect(org.records.Contacts.get(id)?.values['Title']).toBe('Buyer');
  });

  it('inserts records, and fills empty cells with a default', async () => {
    const csv = 'Name,Title,Opt\nMori,,true\n,Buyer,\n';
    const mappings = [
      { api_name: 'Last_Name', index: 0 },
      { api_name: 'Title', index: 1, default_value: { value: 'none' } },
      { api_name: 'Email_Opt_Out', index: 2 },
    ];
    const { rows } = await run(csv, { operation: 'insert', mappings });
    const [added] = org.records.Contacts.byId();
    expect(added?.values).toMatchObject({ Last_Name: 'Mori', Title: 'none', Email_Opt_Out: true });
    expect(rows.slice(1)).toEqual([
      ['Mori', '', 'true', 'ADDED', added?.id, ''],
      ['', 'Buyer', '', 'SKIPPED', '', 'MANDATORY_NOT_FOUND-Name'],
    ]);
  });

  it('upserts by a unique field: changes whom it finds and adds whom it does not', async () => {
    org.schema.create('Contacts', { label: 'Customer No', dataType: 'text', isUnique: true });
    const { id } = contact({ Customer_No: 'C-1' });
    const { rows } = await run('Customer_No,Last_Name\nC-1,Mori\nC-2,Abe\n', {
      ...{ operation: 'upsert', find_by: 'Customer_No' },
    });
    expect(rows.map((row) => row[2])).toEqual(['STATUS', 'UPDATED', 'ADDED']);
    expect(org.records.Contacts.get(id)?.values['Last_Name']).toBe('Mori');
    expect(org.records.Contacts.size).toBe(2);
  });

  it('works its rows off as time goes by, and can be looked at meanwhile', async () => {
    const ids = Array.from({ length: 10 }, () => contact({}).id);
    const { text } = await start(`id,Title\n${ids.map((id) => `${id},Buyer`).join('\n')}\n`);
    const id = idIn(text, 'id');
    const written = () =>
      org.records.Contacts.byId().filter(({ values }) => values['Title'] === 'Buyer').length;
    expect((await look(id)).body).toMatchObject({ status: 'ADDED' });
    clock.advance(200);
    expect((await look(id)).body).toMatchObject({
      status: 'INPROGRESS',
      resource: [{ status: 'IN PROGRESS', file: { total_count: 10, updated_count: 5 } }],
    });
    expect(written()).toBe(5);
    expect((await download(id)).status).toBe(404);
    clock.advance(100);
    expect((await look(id)).body).toMatchObject({ status: 'COMPLETED' });
    expect(written()).toBe(10);
  });

  it('writes its rows although nobody asks for the job', async () => {
    const { id } = contact({});
    await start(`id,Title\n${id},Buyer\n`);
    clock.advance(300);
    await expect.poll(() => org.records.Contacts.get(id)?.values['Title']).toBe('Buyer');
  });

  it('that fails has written some rows, and has no result', async () => {
    sandbox.faults.add([{ match: {}, probability: 1, effect: { kind: 'jobFailure' } }]);
    const ids = [contact({}).id, contact({}).id];
    const { text } = await start(`id,Title\n${ids.map((id) => `${id},Buyer`).join('\n')}\n`);
    clock.advance(300);
    expect((await look(idIn(text, 'id'))).body).toMatchObject({
      status: 'FAILED',
      resource: [{ file: { total_count: 2, updated_count: 1 } }],
    });
    expect((await download(idIn(text, 'id'))).status).toBe(404);
  });

  it('may answer with a zip cut short', async () => {
    sandbox.faults.add([{ match: {}, probability: 1, effect: { kind: 'truncatedZip' } }]);
    const { text } = await start(`id,Title\n${contact({}).id},Buyer\n`);
    clock.advance(300);
    const { status, bytes } = await download(idIn(text, 'id'));
    expect([status, unzipTexts(bytes)]).toEqual([200, undefined]);
  });

  it('keeps its result for a week', async () => {
    const { id } = await run(`id,Title\n${contact({}).id},Buyer\n`);
    clock.advance(WEEK - 1);
    expect((await download(id)).status).toBe(200);
    clock.advance(1);
    expect((await download(id)).status).toBe(404);
    expect(await look('1')).toMatchObject({ status: 404, body: { code: 'RESOURCE_NOT_FOUND' } });
  });
});

describe('an upload is refused', () => {
  const zip = zipText({ name: 'rows.csv', text: 'id\n1\n' });

  it.each([{ feature: 'other' }, { 'x-crm-org': '1' }])('with the headers %j', async (headers) => {
    const { status, body } = await send(zip, headers);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { 'x-error': 'check if headers [feature, X-CRM-ORG] are present and valid' },
    });
  });

  it('when it is no whole zip, or too large a one', async () => {
    for (const bytes of [new TextEncoder().encode('id\n1\n'), zip.subarray(0, zip.length >> 1)])
      expect(await send(bytes)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_FILE_FORMAT' },
      });
    expect(await send(new Uint8Array(25 * 1024 * 1024 + 1))).toMatchObject({
      status: 400,
      body: { code: 'FILE_TOO_LARGE' },
    });
  });
});

describe('a bulk write is refused', () => {
  const rows = (count: number) => `id,Title\n${'1,a\n'.repeat(count)}`;
  const wide = Array.from({ length: 201 }, (_, index) => `c${index}`).join(',');

  it.each([
    ['an unknown module', rows(1), { module: 'Unicorns' }, 'MODULE_NOT_AVAILABLE'],
    ['an unknown field', rows(1), { fields: ['id', 'Nothing'] }, 'INVALID_FIELD'],
    ['a read-only field', rows(1), { fields: ['id', 'Created_Time'] }, 'INVALID_FIELD'],
    ['a field twice', rows(1), { fields: ['id', 'id'] }, 'DUPLICATE_DATA'],
    [
      'a column that is not there',
      rows(1),
      { fields: ['id', 'Title', 'Fax'] },
      'COLUMN_INDEX_NOT_FOUND',
    ],
    ['a mapping to nothing', rows(1), { mappings: [{ api_name: 'Title' }] }, 'MANDATORY_NOT_FOUND'],
    ['no such key', rows(1), { find_by: 'Title' }, 'INVALID_FIELD'],
    ['a key that is not mapped', rows(1), { fields: ['Title'] }, 'INVALID_FIELD'],
    ['an unknown operation', rows(1), { operation: 'delete' }, 'INVALID_DATA'],
    [
      'a mandatory field left out',
      rows(1),
      { operation: 'insert', fields: ['Title'] },
      'MANDATORY_FIELDS_NOT_MAPPED',
    ],
    ['too many rows', rows(25_001), {}, 'LIMIT_EXCEEDED'],
    ['too many columns', wide, {}, 'HEADER_LIMIT_EXCEEDED'],
  ])('for %s', async (_reason, csv, job, code) => {
    expect(await start(csv, job)).toMatchObject({ status: 400, body: { code } });
  });

  it('for a file that was never uploaded', async () => {
    const resource = [{ module: { api_name: 'Contacts' }, file_id: '1', find_by: 'id' }];
    const body = { operation: 'update', resource };
    expect(await call('POST', '/crm/bulk/v8/write', body)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_FILE_ID' },
    });
  });
});
