import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { defaultClient } from '../../../sandbox/zoho/sandbox-options.ts';
import type { ZohoSandboxOptions } from '../../../sandbox/zoho/server.ts';
import { type Caller, callerOf, startCaller } from './caller.ts';

const { clientId: client_id, clientSecret: client_secret, refreshToken } = defaultClient;
const credentials = { client_id, client_secret };
const refresh = {
  ...credentials,
  grant_type: 'refresh_token',
  refresh_token: refreshToken ?? '',
};
const contacts = '/crm/v8/Contacts?fields=Email';
const issued = z.object({ access_token: z.string() });
const granted = z.object({ access_token: z.string(), refresh_token: z.string() });
type Fields = Readonly<Record<string, string>>;

/** An accounts server whose clock stands still until the test turns it. */
async function stopped(options: ZohoSandboxOptions = {}) {
  const clock = new AdjustableClock(() => Date.parse('2026-11-22T09:00:00Z'));
  return { clock, ...(await startCaller({ clock, ...options })) };
}

function ask(call: Caller, fields: Fields) {
  return call('POST', '/oauth/v2/token', new URLSearchParams(fields));
}

async function accessToken(call: Caller): Promise<string> {
  return issued.parse((await ask(call, refresh)).body).access_token;
}

async function exchanged(call: Caller) {
  const { body } = await call('POST', '/_sandbox/oauth/authorize', {});
  const { code } = z.object({ code: z.string() }).parse(body);
  const fields = { ...credentials, grant_type: 'authorization_code', code };
  return { code, fields, answer: await ask(call, fields) };
}

describe('the token endpoint', () => {
  it('answers in three encodings: urlencoded, multipart, and the query string', async () => {
    const { sandbox, call } = await stopped();
    const form = new FormData();
    for (const [name, value] of Object.entries(refresh)) form.set(name, value);
    const answers = [
      await ask(call, refresh),
      await call('POST', '/oauth/v2/token', form),
      await call('POST', `/oauth/v2/token?${new URLSearchParams(refresh)}`),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toMatchObject({
        token_type: 'Bearer',
        expires_in: 3_600,
        api_domain: sandbox.url,
        scope: expect.stringContaining('ZohoCRM.modules.ALL'),
      });
      expect(body).not.toHaveProperty('refresh_token');
      const { access_token } = issued.parse(body);
      expect((await callerOf(sandbox.url, access_token)('GET', contacts)).status).not.toBe(401);
    }
  });

  it('refuses with a word and 200, or another status by option', async () => {
    const { call } = await stopped();
    const wrong = { ...refresh, refresh_token: 'wrong' };
    expect(await ask(call, wrong)).toMatchObject({ status: 200, body: { error: 'invalid_code' } });
    const client = { ...refresh, client_id: 'wrong' };
    expect((await ask(call, client)).body).toEqual({ error: 'invalid_client' });
    const secret = { ...refresh, client_secret: 'wrong' };
    expect((await ask(call, secret)).body).toEqual({ error: 'invalid_client_secret' });
    const strict = await stopped({ oauth: { errorStatus: 400 } });
    expect((await ask(strict.call, wrong)).status).toBe(400);
  });

  it('names another host as api_domain when the org lives in another data centre', async () => {
    const { call } = await stopped({ oauth: { apiDomain: 'http://127.0.0.1:1' } });
    expect((await ask(call, refresh)).body).toMatchObject({ api_domain: 'http://127.0.0.1:1' });
  });

  it('turns a code into both tokens, once, and for three minutes', async () => {
    const { call, clock } = await stopped();
    const { fields, answer } = await exchanged(call);
    expect(granted.safeParse(answer.body).success).toBe(true);
    expect((await ask(call, fields)).body).toEqual({ error: 'invalid_code' });
    const { body } = await call('POST', '/_sandbox/oauth/authorize', {});
    clock.advance(180_000);
    const late = { ...fields, code: z.object({ code: z.string() }).parse(body).code };
    expect((await ask(call, late)).body).toEqual({ error: 'invalid_code' });
  });
});

describe('access tokens', () => {
  it('live an hour, or as long as the option says', async () => {
    const { sandbox, call, clock } = await stopped({ tokenRules: { accessTokenSeconds: 5 } });
    const client = callerOf(sandbox.url, await accessToken(call));
    clock.advance(4_999);
    expect((await client('GET', contacts)).status).not.toBe(401);
    clock.advance(1);
    expect(await client('GET', contacts)).toMatchObject({
      status: 401,
      body: { code: 'INVALID_TOKEN' },
    });
  });

  it('are ten in ten minutes; the eleventh is refused for the rest of the window', async () => {
    const { call, clock } = await stopped();
    for (let count = 0; count < 10; count += 1) await accessToken(call);
    const { body } = await ask(call, refresh);
    expect(body).toEqual({ error: 'access_denied' });
    clock.advance(599_999);
    expect((await ask(call, refresh)).body).toEqual({ error: 'access_denied' });
    clock.advance(1);
    await accessToken(call);
  });

  it('of one refresh token are fifteen at once: the next ends the oldest', async () => {
    const { sandbox, call, clock } = await stopped();
    const tokens: string[] = [];
    for (let count = 0; count < 16; count += 1) {
      if (count === 10) clock.advance(600_000);
      tokens.push(await accessToken(call));
    }
    const statusOf = async (token = '') =>
      (await callerOf(sandbox.url, token)('GET', contacts)).status;
    expect(await statusOf(tokens[0])).toBe(401);
    expect(await statusOf(tokens[1])).not.toBe(401);
  });
});

describe('refresh tokens', () => {
  it('are twenty to a user: the twenty-first deletes the oldest', async () => {
    const { call } = await stopped();
    for (let count = 0; count < 19; count += 1) await exchanged(call);
    await accessToken(call);
    await exchanged(call);
    expect((await ask(call, refresh)).body).toEqual({ error: 'invalid_code' });
  });

  it('can be revoked, with what came of them', async () => {
    const { sandbox, call } = await stopped();
    const client = callerOf(sandbox.url, await accessToken(call));
    const path = `/oauth/v2/token/revoke?token=${refreshToken}`;
    expect((await call('POST', path)).body).toEqual({ status: 'success' });
    expect((await ask(call, refresh)).body).toEqual({ error: 'invalid_code' });
    expect((await client('GET', contacts)).status).toBe(401);
  });

  it('can be revoked, and access tokens ended, by the control endpoint', async () => {
    const { sandbox, call } = await stopped();
    const client = callerOf(sandbox.url, await accessToken(call));
    await call('POST', '/_sandbox/tokens/expire');
    expect((await client('GET', contacts)).status).toBe(401);
    await call('POST', '/_sandbox/tokens/revoke', {});
    expect((await ask(call, refresh)).body).toEqual({ error: 'invalid_code' });
  });
});
