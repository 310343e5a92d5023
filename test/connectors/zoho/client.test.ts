import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { doctorAccess } from '../../../connectors/zoho/doctor-access.ts';
import { parseJson } from '../../../connectors/zoho/parse-json.ts';
import type { Session } from '../../../connectors/zoho/session.ts';
import { anything, idText, recordPage, resultsOfData } from '../../../connectors/zoho/wire.ts';
import type { ZohoCall } from '../../../connectors/zoho/zoho-call.ts';
import { impatientClock } from '../kit/impatient-clock.ts';
import { openedAt, type SessionSetup } from './session-under-test.ts';

const signal = new AbortController().signal;
const api = 'https://www.zohoapis.com';
const contacts = '/crm/v8/Contacts';
const token = { access_token: '1000.at', api_domain: api, expires_in: 3_600 };

function open(setup: SessionSetup = {}): Session {
  nock('https://accounts.zoho.com').post('/oauth/v2/token').reply(200, token);
  const { settings, ...rest } = setup;
  return openedAt('', {
    clock: impatientClock(),
    settings: { accountsUrl: undefined, ...settings },
    ...rest,
  });
}

function get<T>(answer: z.ZodType<T>, more: Partial<ZohoCall<T>> = {}): ZohoCall<T> {
  const call = { method: 'GET', path: contacts, effect: 'read' } as const;
  return { ...call, credits: 1, pool: 'plain', answer, ...more };
}

const send = <T>(session: Session, call: ZohoCall<T>) => session.client.send(call, signal);

beforeEach(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
  nock.activate();
});

describe('a call', () => {
  it('carries the token under Zoho’s own prefix, and what it was given', async () => {
    const reqheaders = { authorization: 'Zoho-oauthtoken 1000.at', 'if-modified-since': 'x' };
    nock(api, { reqheaders }).get(contacts).query({ fields: 'id,Email' }).reply(200, { data: [] });
    const headers = { 'If-Modified-Since': 'x' };
    const page = await send(open(), get(recordPage, { query: { fields: 'id,Email' }, headers }));
    expect(page.records).toEqual([]);
  });

  it('sends JSON as JSON and a form as a form with parts', async () => {
    const body = { data: [{ id: '1' }], trigger: [] };
    nock(api, { reqheaders: { 'content-type': 'application/json' } })
      .put(contacts, body)
      .reply(200, { data: [{ code: 'SUCCESS' }] });
    const session = open();
    await send(session, get(resultsOfData, { method: 'PUT', body }));
    const form = new FormData();
    form.set('file', new Blob(['zip']), 'rows.zip');
    nock('https://content.zohoapis.com', {
      reqheaders: { 'content-type': /^multipart\/form-data/ },
    })
      .post('/crm/v8/upload', /filename="rows.zip"[\s\S]*zip/)
      .reply(200, {});
    const upload = { method: 'POST', path: '/crm/v8/upload', host: 'content', body: form } as const;
    expect(await send(session, get(anything, upload))).toEqual({});
  });

  it('does not follow a redirect with its token', async () => {
    nock(api).get(contacts).times(6).reply(302, '', { location: 'https://elsewhere.example/' });
    await expect(send(open(), get(anything))).rejects.toMatchObject({ code: 'CALL_REDIRECTED' });
  });

  it('counts its credits and, beside them, the calls', async () => {
    nock(api).get(contacts).reply(200, {});
    const session = open();
    await send(session, get(anything, { credits: 3 }));
    expect(session.client.usage()).toMatchObject({ total: 2, spent: 3, tooMany: 0 });
  });
});

describe('an answer', () => {
  it('without a body is nothing, where nothing may come', async () => {
    nock(api).get(contacts).reply(204);
    nock(api).get(contacts).reply(304);
    const session = open();
    const empty = { records: [], hasMore: false, nextToken: null };
    expect(await send(session, get(recordPage))).toEqual(empty);
    expect(await send(session, get(recordPage))).toEqual(empty);
  });

  it('without a body where one should be is asked for again', async () => {
    nock(api).get(contacts).reply(200, '');
    nock(api).get(contacts).reply(200, '<html>', { 'content-type': 'text/html' });
    nock(api).get(contacts).reply(504);
    nock(api)
      .get(contacts)
      .reply(200, { data: [{ code: 'SUCCESS' }] });
    const session = open();
    expect(await send(session, get(resultsOfData))).toMatchObject({ data: [{}] });
    expect(session.client.usage().total).toBe(5);
  });

  it('of another form says what is wrong with it, and is not asked for again', async () => {
    nock(api)
      .get(contacts)
      .reply(200, { data: [{ id: 'x1' }] });
    const error = { code: 'ANSWER_UNEXPECTED', message: expect.stringContaining('data.0.id') };
    await expect(send(open(), get(recordPage))).rejects.toMatchObject(error);
  });

  it('in which every line is refused is an answer, where lines are asked for', async () => {
    const data = [{ code: 'INVALID_DATA', status: 'error', message: 'no', details: {} }];
    nock(api).put(contacts).twice().reply(400, { data });
    const call = { method: 'PUT', body: {} } as const;
    const session = open();
    const lines = await send(session, get(resultsOfData, { ...call, perRecord: true }));
    expect(lines).toMatchObject({ data: [{ code: 'INVALID_DATA' }] });
    await expect(send(session, get(resultsOfData, call))).rejects.toMatchObject({
      ...{ code: 'REQUEST_REFUSED', zohoCode: 'INVALID_DATA' },
    });
  });

  it('of bytes comes as bytes', async () => {
    nock(api)
      .get(contacts)
      .reply(200, Buffer.from([80, 75, 0, 255]));
    const bytes = await send(open(), get(z.instanceof(Uint8Array), { as: 'bytes' }));
    expect([...bytes]).toEqual([80, 75, 0, 255]);
  });

  it('that does not come stops with its signal', async () => {
    nock(api).get(contacts).delay(5_000).reply(200, {});
    const stop = new AbortController();
    const session = open();
    const running = session.client.send(get(anything), stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 30);
    await expect(running).rejects.toThrow('stopped');
  });

  it('that may have been carried out is not asked for again where that would do it twice', async () => {
    nock(api).post(contacts).reply(500, {});
    const call = { method: 'POST', body: {}, effect: 'write', repeatable: false } as const;
    const error = { code: 'WRITE_UNCERTAIN', disposition: 'ask' };
    await expect(send(open(), get(anything, call))).rejects.toMatchObject(error);
  });
});

describe('an id', () => {
  const id = '5725767000000100003';

  it('that an answer gives as a number stays the id it is', async () => {
    nock(api).get(contacts).reply(200, `{"data":[{"id": ${id}, "Amount": 12.5}]}`);
    const { records } = await send(open(), get(recordPage));
    expect(records).toEqual([{ id, Amount: 12.5 }]);
  });

  it('is never rounded: what a number cannot hold is text or refused', () => {
    expect(parseJson(`{"a":[${id},-${id}]}`)).toEqual({ a: [id, `-${id}`] });
    expect(parseJson(`{"a":"x,${id}","b":0.1234567890123456}`)).toEqual({
      a: `x,${id}`,
      b: 0.1234567890123456,
    });
    expect(parseJson('{"n": 9007199254740991}')).toEqual({ n: 9_007_199_254_740_991 });
    expect(idText.safeParse(2 ** 53).success).toBe(false);
    expect(idText.parse(12)).toBe('12');
  });
});

describe('the org', () => {
  const org = { id: '1', zgid: '2', time_zone: 'Europe/Paris', iso_code: 'EUR', mc_status: false };

  async function ofOrg(wire: Readonly<Record<string, unknown>>, settings = {}) {
    nock(api)
      .get('/crm/v8/org')
      .reply(200, { org: [{ ...org, ...wire }] });
    return await open({ settings }).org(signal);
  }

  it('without a currency, or of an unknown time zone, is refused with advice', async () => {
    const error = { code: 'ACCOUNT_UNUSABLE', todo: expect.stringContaining('currency') };
    await expect(ofOrg({ iso_code: null })).rejects.toMatchObject(error);
    await expect(ofOrg({ time_zone: 'Mars/Olympus' })).rejects.toThrow('Mars/Olympus');
    expect(await ofOrg({ iso_code: null }, { currency: 'CHF' })).toMatchObject({ currency: 'CHF' });
  });

  it('in another data centre than the settings say is told, with what to set', async () => {
    const elsewhere = { ...token, api_domain: 'https://www.zohoapis.eu' };
    nock('https://accounts.zoho.com').post('/oauth/v2/token').reply(200, elsewhere);
    nock('https://www.zohoapis.eu')
      .get('/crm/v8/org')
      .reply(200, { org: [org] });
    const session = openedAt('', { settings: { accountsUrl: undefined } });
    const found = await doctorAccess(session, signal);
    expect(found.find(({ check }) => check === 'data centre')).toMatchObject({
      ...{ status: 'warning', todo: 'Set dataCentre to eu.' },
    });
  });

  it('that does not name its edition is taken for the smallest', async () => {
    expect(await ofOrg({})).toMatchObject({ edition: 'free', editionName: null, licences: 0 });
    expect(await ofOrg({ license_details: { paid_type: 'crmplus' } })).toMatchObject({
      edition: 'ultimate',
    });
    expect(await ofOrg({}, { edition: 'professional' })).toMatchObject({ edition: 'professional' });
  });
});
