import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sdk from '@zohocrm/typescript-sdk-8.0';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { idIn } from './build.ts';
import { firstOf, modelOf, parsed, provesItsClaims, startOfficial } from './official.ts';

const sandbox = await startOfficial();
const { org } = sandbox;
const folder = await mkdtemp(join(tmpdir(), 'zoho-csv-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const ids = Array.from({ length: 3 }, (_, index) => {
  const id = org.ids.take();
  org.records.Contacts.add({
    ...{ id, values: { Last_Name: `Person ${index}` }, tags: [], state: 'open' },
    ...{ createdAt: org.now(), modifiedAt: org.now() },
    ...{ createdBy: org.users.other.id, modifiedBy: org.users.other.id },
  });
  return id;
});

/** The lines of the only file in a zip. */
function lines(zip: Uint8Array): readonly string[] {
  const [file = new Uint8Array()] = Object.values(unzipSync(zip));
  return strFromU8(file).trim().split(/\r?\n/);
}

/** The SDK says stream and holds the bytes. */
function downloaded(file: sdk.StreamWrapper): readonly string[] {
  const held: unknown = file.getStream();
  if (!(held instanceof Uint8Array)) throw new TypeError('The SDK got no file.');
  return lines(held);
}

describe('bulk read', () => {
  const bulk = new sdk.BulkRead.BulkReadOperations();
  const start = async () => {
    const module = new sdk.Modules.MinifiedModule();
    module.setAPIName('Contacts');
    const query = new sdk.BulkRead.Query();
    query.setModule(module);
    query.setFields(['id', 'Last_Name', 'Owner']);
    query.setPage(1);
    const request = new sdk.BulkRead.BodyWrapper();
    request.setQuery(query);
    return parsed(bulk.createBulkReadJob(request), sdk.BulkRead.ActionWrapper);
  };

  it('is a job that is added, then done, and then a zipped CSV', async () => {
    const { status, body } = await start();
    expect(status).toBe(201);
    const added = firstOf(body.getData(), sdk.BulkRead.SuccessResponse);
    expect(added.getDetails().get('state')).toEqual(new sdk.Choice('ADDED'));
    const id = idIn(added);
    const job = await finished(id);
    expect(job.getOperation()).toBe('read');
    expect(job.getQuery().getFields()).toEqual(['id', 'Last_Name', 'Owner']);
    const result = job.getResult();
    expect(result.getCount()).toBe(3);
    expect(result.getPerPage()).toBe(200_000);
    expect(result.getMoreRecords()).toBe(false);
    expect(result.getDownloadUrl()).toBe(`/crm/bulk/v8/read/${id}/result`);
    const file = await parsed(bulk.downloadResult(id), sdk.BulkRead.FileBodyWrapper);
    const [header, ...rows] = downloaded(file.body.getFile());
    expect(header).toBe('id,Last_Name,Owner');
    expect(rows.map((row) => row.split(',')[0]).toSorted()).toEqual(ids);
  });

  async function finished(id: bigint): Promise<sdk.BulkRead.JobDetail> {
    const { body } = await parsed(bulk.getBulkReadJobDetails(id), sdk.BulkRead.ResponseWrapper);
    const job = firstOf(body.getData(), sdk.BulkRead.JobDetail);
    if (job.getState().getValue() === 'COMPLETED') return job;
    sandbox.clock.advance(5_000);
    return finished(id);
  }
});

describe('bulk write', () => {
  const bulk = new sdk.BulkWrite.BulkWriteOperations();

  it('uploads a zip, updates its rows as a job, and tells what became of each', async () => {
    const [known = ''] = ids;
    const fileId = await upload(`id,Title\n${known},Valued\n5725767000009999999,Nobody\n`);
    const created = await parsed(
      bulk.createBulkWriteJob(request(fileId)),
      sdk.BulkWrite.SuccessResponse,
    );
    expect(created.status).toBe(201);
    const job = await finished(String(idIn(created.body)));
    expect(job.getOperation()).toBe('update');
    const file = job.getResource()[0]?.getFile();
    expect(file?.getTotalCount()).toBe(2);
    expect(file?.getUpdatedCount()).toBe(1);
    expect(file?.getSkippedCount()).toBe(1);
    const url = job.getResult().getDownloadUrl();
    const result = await parsed(bulk.downloadBulkWriteResult(url), sdk.BulkWrite.FileBodyWrapper);
    const [header, ...rows] = downloaded(result.body.getFile());
    expect(header?.split(',')).toEqual(expect.arrayContaining(['STATUS', 'RECORD_ID', 'ERRORS']));
    expect(rows).toHaveLength(2);
    expect(org.records.Contacts.get(known)?.values['Title']).toBe('Valued');
  });

  async function upload(csv: string): Promise<string> {
    const path = join(folder, 'rows.zip');
    await writeFile(path, zipSync({ 'rows.csv': strToU8(csv) }));
    const body = new sdk.BulkWrite.FileBodyWrapper();
    body.setFile(new sdk.StreamWrapper(undefined, undefined, path));
    const headers = new sdk.HeaderMap();
    await headers.add(sdk.BulkWrite.UploadFileHeader.FEATURE, 'bulk-write');
    await headers.add(sdk.BulkWrite.UploadFileHeader.X_CRM_ORG, org.options.zgid);
    const answer = await parsed(bulk.uploadFile(body, headers), sdk.BulkWrite.SuccessResponse);
    return String(answer.body.getDetails().get('file_id'));
  }

  function request(fileId: string): sdk.BulkWrite.RequestWrapper {
    const module = new sdk.Modules.MinifiedModule();
    module.setAPIName('Contacts');
    const resource = new sdk.BulkWrite.Resource();
    resource.setType(new sdk.Choice('data'));
    resource.setModule(module);
    resource.setFileId(fileId);
    resource.setFindBy('id');
    resource.setIgnoreEmpty(true);
    resource.setFieldMappings(['id', 'Title'].map(mapping));
    const body = new sdk.BulkWrite.RequestWrapper();
    body.setOperation(new sdk.Choice('update'));
    body.setResource([resource]);
    return body;
  }

  function mapping(name: string, index: number): sdk.BulkWrite.FieldMapping {
    const built = new sdk.BulkWrite.FieldMapping();
    built.setAPIName(name);
    built.setIndex(index);
    return built;
  }

  async function finished(id: string): Promise<sdk.BulkWrite.BulkWriteResponse> {
    const { body: job } = await parsed(
      bulk.getBulkWriteJobDetails(id),
      sdk.BulkWrite.BulkWriteResponse,
    );
    if (job.getStatus() === 'COMPLETED') return modelOf(job, sdk.BulkWrite.BulkWriteResponse);
    sandbox.clock.advance(5_000);
    return finished(id);
  }
});

provesItsClaims('jobs', sandbox);
