import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectors } from '../../../connectors/registry.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { Secret } from '../../../src/lib/secret.ts';
import {
  memoryCredentials,
  memoryFieldIds,
  memoryJobs,
  memoryLedger,
  nothingStored,
} from '../../contract/stores-in-memory.ts';
import { impatientClock } from '../kit/impatient-clock.ts';

const signal = new AbortController().signal;
const api = 'https://api.hubapi.com';
const details = '/account-info/2026-03/details';
const account = { portalId: 12, timeZone: 'Europe/Paris', companyCurrency: 'EUR' };

function open(settings: Readonly<Record<string, unknown>> = {}) {
  const hubspot = connectors.get('hubspot');
  if (hubspot === undefined) throw new Error('There is no connector for hubspot');
  return hubspot.open({
    ...{ connection: 'main', subject: 'contact', log: silentLogger, clock: impatientClock() },
    fields: [],
    settings: { token: 'T', ...settings },
    secrets: new Map([['T', new Secret('pat-1')]]),
    ...{ credentials: memoryCredentials(), quota: memoryLedger() },
    ...{ fieldIds: memoryFieldIds(), jobs: memoryJobs(), stored: nothingStored },
  });
}

describe('a single odd answer', () => {
  beforeEach(() => {
    nock.disableNetConnect();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
    nock.restore();
    nock.activate();
  });

  it('is asked with the token, by the dated path, at HubSpot’s address', async () => {
    const reqheaders = { authorization: 'Bearer pat-1' };
    nock(api, { reqheaders }).get(details).reply(200, account);
    expect(await open().account(signal)).toMatchObject({ id: '12', currency: 'EUR', plan: null });
    nock(api).get('/account-info/2026-09/details').reply(200, account);
    expect(await open({ apiVersion: '2026-09' }).account(signal)).toMatchObject({ id: '12' });
  });

  it('a page where JSON should be is asked for again', async () => {
    nock(api).get(details).reply(200, '<html>', { 'content-type': 'text/html' });
    nock(api).get(details).reply(200, account);
    expect(await open().account(signal)).toMatchObject({ id: '12' });
  });

  it('an answer without a body or a content type is asked for again', async () => {
    nock(api).get(details).reply(200, '');
    nock(api).get(details).reply(504);
    nock(api).get(details).reply(200, account);
    const connector = open();
    expect(await connector.account(signal)).toMatchObject({ id: '12' });
    expect(connector.usage()).toEqual({ read: 3, write: 0, total: 3, spent: 3, tooMany: 0 });
  });

  it('an answer of another form says which field, and is not asked for again', async () => {
    nock(api).get(details).reply(200, { portalId: 12 });
    const error = { code: 'ANSWER_UNEXPECTED', message: expect.stringContaining('timeZone') };
    await expect(open().account(signal)).rejects.toMatchObject(error);
  });

  it('a portal without a currency or of an unknown time zone is refused with advice', async () => {
    nock(api)
      .get(details)
      .reply(200, { ...account, companyCurrency: null });
    const error = { code: 'ACCOUNT_UNUSABLE', todo: expect.stringContaining('currency') };
    await expect(open().account(signal)).rejects.toMatchObject(error);
    nock(api)
      .get(details)
      .reply(200, { ...account, timeZone: 'Mars/Olympus' });
    await expect(open().account(signal)).rejects.toThrow('Mars/Olympus');
    nock(api)
      .get(details)
      .reply(200, { ...account, companyCurrency: null });
    expect(await open({ currency: 'CHF' }).account(signal)).toMatchObject({ currency: 'CHF' });
  });

  it('a failed first question is not remembered', async () => {
    nock(api).get(details).reply(403, { category: 'OTHER' });
    nock(api).get(details).reply(200, account);
    const connector = open();
    await expect(connector.account(signal)).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    expect(await connector.account(signal)).toMatchObject({ id: '12' });
  });

  it('no error shows the token', async () => {
    nock(api).get(details).reply(401, { message: 'bad' });
    const error: unknown = await open()
      .account(signal)
      .catch((thrown: unknown) => thrown);
    expect(JSON.stringify([error, String(error)])).not.toContain('pat-1');
  });
});
