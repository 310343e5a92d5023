import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callerOf, startCaller } from './caller.ts';

const { sandbox, call } = await startCaller({ tokens: [{ token: 'kept' }, { token: 'spent' }] });
const contacts = '/crm/v8/Contacts';
const list = `${contacts}?fields=Last_Name`;

beforeEach(() => call('POST', '/_sandbox/reset'));

async function arm(effect: object, match: object = {}, rest: object = {}) {
  const armed = await call('POST', '/_sandbox/faults', { faults: [{ match, effect, ...rest }] });
  expect(armed.status).toBe(200);
}

async function newContact(name = 'Before'): Promise<string> {
  const { body } = await call('POST', contacts, { data: [{ Last_Name: name }] });
  const created = z.object({ data: z.array(z.object({ details: z.object({ id: z.string() }) })) });
  return created.parse(body).data[0]?.details.id ?? '';
}

function nameOf(id: string): unknown {
  return sandbox.org.records.Contacts.get(id)?.values['Last_Name'];
}

const renamed = (...ids: readonly string[]) => ({
  data: ids.map((id) => ({ id, Last_Name: 'After' })),
  trigger: [],
});

async function finishedRead(): Promise<string | undefined> {
  const query = { module: { api_name: 'Contacts' }, fields: ['Last_Name'] };
  const { body } = await call('POST', '/crm/bulk/v8/read', { query });
  const added = z.object({ data: z.array(z.object({ details: z.object({ id: z.string() }) })) });
  await call('POST', '/_sandbox/clock', { advanceMs: 3_600_000 });
  return added.parse(body).data[0]?.details.id;
}

describe('faults of the network', () => {
  it('a page of HTML, an answer cut in half, a connection that ends', async () => {
    await newContact();
    await arm({ kind: 'html' });
    expect((await call('GET', list)).status).toBe(502);
    await arm({ kind: 'truncated' });
    const { status, text } = await call('GET', list);
    expect(status).toBe(200);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    await arm({ kind: 'reset' });
    await expect(call('GET', list)).rejects.toThrow('fetch failed');
  });

  it('after the write: it did happen, and only the server knows', async () => {
    const id = await newContact();
    await arm({ kind: 'reset', when: 'after' }, { method: 'PUT' });
    await expect(call('PUT', contacts, renamed(id))).rejects.toThrow('fetch failed');
    expect(nameOf(id)).toBe('After');
  });
});

describe('a late answer', () => {
  it('is as it was, byte by byte, also when it is a zip', async () => {
    await newContact();
    const result = `${sandbox.url}/crm/bulk/v8/read/${await finishedRead()}/result`;
    await arm({ kind: 'slow', ms: 20, when: 'after' }, { path: '/result$' });
    const answer = await fetch(result, { headers: { authorization: 'Zoho-oauthtoken kept' } });
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(strFromU8(Object.values(files)[0] ?? new Uint8Array())).toContain('Last_Name');
  });
});

describe('faults of Zoho', () => {
  it('a 429 of each sort, told apart by its words alone', async () => {
    const words = { concurrency: 'concurrency limit', subConcurrency: 'sub-', credits: 'credits' };
    for (const [limit, word] of Object.entries(words)) {
      await arm({ kind: 'tooMany', limit });
      expect(await call('GET', list)).toMatchObject({
        status: 429,
        body: { code: 'TOO_MANY_REQUESTS', message: expect.stringContaining(word) },
      });
    }
    const { policies } = sandbox.calls.report().tooMany;
    expect(policies).toEqual({ concurrency: 1, subConcurrency: 1, credits: 1 });
  });

  it('a token that ends before its time, by one name or the other, and stays so', async () => {
    const spent = callerOf(sandbox.url, 'spent');
    await arm({ kind: 'authenticationFailure' });
    expect((await spent('GET', list)).body).toMatchObject({ code: 'AUTHENTICATION_FAILURE' });
    expect((await spent('GET', list)).body).toMatchObject({ code: 'INVALID_TOKEN' });
    await arm({ kind: 'authenticationFailure', expires: false });
    expect((await call('GET', list)).status).toBe(401);
    expect((await call('GET', list)).status).not.toBe(401);
  });

  it('a consent or a permission that is missing', async () => {
    await arm({ kind: 'scopeMismatch' });
    expect((await call('GET', list)).body).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH' });
    await arm({ kind: 'noPermission', permission: 'Crm_Implied_View_Contacts' });
    expect(await call('GET', list)).toMatchObject({
      status: 403,
      body: { code: 'NO_PERMISSION', details: { permissions: ['Crm_Implied_View_Contacts'] } },
    });
  });

  it('INTERNAL_ERROR before and after the write', async () => {
    const id = await newContact();
    await arm({ kind: 'serverError' });
    expect(await call('PUT', contacts, renamed(id))).toMatchObject({
      status: 500,
      body: { code: 'INTERNAL_ERROR' },
    });
    expect(nameOf(id)).toBe('Before');
    await arm({ kind: 'serverError', when: 'after' });
    expect((await call('PUT', contacts, renamed(id))).status).toBe(500);
    expect(nameOf(id)).toBe('After');
  });

  it('207: one record refused in its place, the others written', async () => {
    const ids = [await newContact(), await newContact(), await newContact()] as const;
    await arm({ kind: 'partial', code: 'RECORD_LOCKED', recordIds: [ids[1]] });
    const answer = await call('PUT', contacts, renamed(...ids));
    const refused = { code: 'RECORD_LOCKED', details: { action: 'record_locking' } };
    expect(answer).toMatchObject({
      status: 207,
      body: { data: [{ code: 'SUCCESS' }, refused, { code: 'SUCCESS' }] },
    });
    expect(ids.map(nameOf)).toEqual(['After', 'Before', 'After']);
  });

  it('400 when every record is refused', async () => {
    const id = await newContact();
    await arm({ kind: 'partial' });
    expect(await call('PUT', `${contacts}/${id}`, renamed(id))).toMatchObject({
      status: 400,
      body: { data: [{ code: 'INVALID_DATA', status: 'error' }] },
    });
    expect(nameOf(id)).toBe('Before');
  });

  it('a success that wrote nothing', async () => {
    const [one, other] = [await newContact(), await newContact()];
    await arm({ kind: 'silent', recordIds: [one] });
    expect(await call('PUT', contacts, renamed(one, other))).toMatchObject({
      status: 200,
      body: { data: [{ code: 'SUCCESS', details: { id: one } }, { code: 'SUCCESS' }] },
    });
    expect([nameOf(one), nameOf(other)]).toEqual(['Before', 'After']);
  });

  it('waits for the call that writes the record', async () => {
    const [one, other] = [await newContact(), await newContact()];
    await arm({ kind: 'partial', recordIds: [other] });
    expect((await call('PUT', contacts, renamed(one))).status).toBe(200);
    expect((await call('PUT', contacts, renamed(other))).status).toBe(400);
  });

  it('a page token that has expired, for the next call that carries one', async () => {
    await arm({ kind: 'pageTokenExpired' });
    expect((await call('GET', list)).status).toBe(200);
    expect(await call('GET', `${list}&page_token=x`)).toMatchObject({
      status: 400,
      body: { code: 'EXPIRED_VALUE', details: { api_name: 'page_token' } },
    });
  });

  it('a bulk job that fails, without a call that does', async () => {
    await newContact();
    await arm({ kind: 'jobFailure' }, { path: '/read$' });
    const job = await call('GET', `/crm/bulk/v8/read/${await finishedRead()}`);
    expect(job).toMatchObject({ status: 200, body: { data: [{ state: 'FAILURE' }] } });
  });
});
