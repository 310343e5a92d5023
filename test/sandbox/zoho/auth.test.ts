import { describe, expect, it } from 'vitest';
import { callerOf, startCaller } from './caller.ts';

const reader = { token: 'reader', scopes: ['ZohoCRM.modules.contacts.READ'] };
const everything = { token: 'everything' };
const { sandbox, call } = await startCaller({ tokens: [everything, reader] });
const contacts = '/crm/v8/Contacts?fields=Email';
const read = callerOf(sandbox.url, reader.token);

describe('the authorization header', () => {
  it('is asked for, with exactly the body that Zoho sends without it', async () => {
    const answer = await call('GET', contacts, undefined, { authorization: '' });
    expect(answer.status).toBe(401);
    expect(answer.text).toBe(
      '{"code":"AUTHENTICATION_FAILURE","details":{},"message":"Authentication failed","status":"error"}',
    );
  });

  it('is not Bearer', async () => {
    const headers = { authorization: `Bearer ${everything.token}` };
    const answer = await call('GET', contacts, undefined, headers);
    expect(answer).toMatchObject({ status: 401, body: { code: 'AUTHENTICATION_FAILURE' } });
  });

  it('with a token of elsewhere is INVALID_TOKEN', async () => {
    const answer = await callerOf(sandbox.url, 'of-another-data-centre')('GET', contacts);
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'INVALID_TOKEN', message: 'invalid oauth token' },
    });
  });
});

describe('scopes', () => {
  const mismatch = { status: 401, body: { code: 'OAUTH_SCOPE_MISMATCH', message: 'Unauthorized' } };

  it('reach one module and one operation, in any letter case', async () => {
    expect((await read('GET', contacts)).status).not.toBe(401);
    expect(await read('GET', '/crm/v8/Deals?fields=Amount')).toMatchObject(mismatch);
    expect(await read('PUT', '/crm/v8/Contacts', { data: [] })).toMatchObject(mismatch);
  });

  it('of COQL are its own and that of the module it reads', async () => {
    const coql = { token: 'coql', scopes: ['ZohoCRM.coql.READ', 'ZohoCRM.modules.deals.READ'] };
    const { call: query } = await startCaller({ tokens: [coql] });
    const from = (module: string) => ({ select_query: `select id from ${module} where id > 0` });
    expect(await query('POST', '/crm/v8/coql', from('Contacts'))).toMatchObject(mismatch);
    expect((await query('POST', '/crm/v8/coql', from('Deals'))).status).not.toBe(401);
    expect(await read('POST', '/crm/v8/coql', from('Contacts'))).toMatchObject(mismatch);
  });

  it.each([
    ['GET', '/crm/v8/settings/fields?module=Contacts'],
    ['GET', '/crm/v8/settings/pipeline/1'],
    ['POST', '/crm/v8/settings/fields?module=Contacts'],
    ['GET', '/crm/v8/Contacts/search?email=a@b.c'],
    ['GET', '/crm/v8/Contacts/actions/count'],
    ['POST', '/crm/v8/Contacts/actions/add_tags'],
    ['POST', '/crm/v8/Contacts/actions/mass_update'],
    ['POST', '/crm/v8/actions/watch'],
    ['GET', '/crm/v8/org'],
    ['GET', '/crm/v8/users?type=CurrentUser'],
    ['GET', '/crm/v8/__features?module=Contacts'],
    ['POST', '/crm/bulk/v8/read'],
    ['POST', '/crm/bulk/v8/write'],
    ['POST', '/crm/v8/upload'],
    ['POST', '/crm/v8/__composite_requests'],
  ])('are needed for %s %s', async (method, path) => {
    const body = method === 'GET' ? undefined : {};
    expect(await read(method, path, body)).toMatchObject(mismatch);
    expect((await call(method, path, body)).status).not.toBe(401);
  });
});

describe('answers', () => {
  it('have Zoho’s content type, letter by letter', async () => {
    const { headers } = await call('GET', '/crm/v8/nowhere/at/all/is/this');
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
  });

  it('to a path that Zoho does not have are INVALID_URL_PATTERN', async () => {
    const answer = await call('GET', '/crm/v8/nowhere/at/all/is/this');
    expect(answer).toMatchObject({
      status: 404,
      body: { code: 'INVALID_URL_PATTERN', details: {}, status: 'error' },
    });
  });

  it('to a method that the path does not have are INVALID_REQUEST_METHOD', async () => {
    const answer = await call('DELETE', '/crm/bulk/v8/read');
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST_METHOD' } });
  });

  it('to a body that is no JSON are INVALID_DATA', async () => {
    const text = new TextEncoder().encode('{"data":');
    const broken = await call('PUT', '/crm/v8/Contacts', text);
    expect(broken).toMatchObject({ status: 400, body: { code: 'INVALID_DATA' } });
  });
});
