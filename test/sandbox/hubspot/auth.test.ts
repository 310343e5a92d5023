import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultOAuthApp } from '../../../sandbox/hubspot/sandbox-options.ts';
import { callerOf, startCaller } from './caller.ts';

const reader = { token: 'pat-reader', appId: '7', scopes: ['crm.objects.contacts.read'] };
const lister = { token: 'pat-lister', appId: '8', scopes: ['crm.lists.write'] };
const { sandbox, call } = await startCaller({
  tokens: [{ token: 'pat-all', appId: '1' }, reader, lister],
  rotateRefreshTokens: true,
});
const contacts = '/crm/objects/2026-03/contacts';
const issued = z.object({ access_token: z.string(), refresh_token: z.string() });

async function token(path: string, fields: Readonly<Record<string, string>>) {
  const { clientId: client_id, clientSecret: client_secret } = defaultOAuthApp;
  return call('POST', path, new URLSearchParams({ client_id, client_secret, ...fields }));
}

async function authorize(): Promise<string> {
  const { body } = await call('POST', '/_sandbox/oauth/authorize', {});
  return z.object({ code: z.string() }).parse(body).code;
}

describe('tokens', () => {
  it('are asked for', async () => {
    const answer = await callerOf(sandbox.url, 'pat-unknown')('GET', contacts);
    expect(answer).toMatchObject({ status: 401, body: { category: 'INVALID_AUTHENTICATION' } });
  });

  it('reach as far as their scopes, and the refusal names what is missing', async () => {
    const read = callerOf(sandbox.url, reader.token);
    expect((await read('GET', contacts)).status).toBe(200);
    expect(await read('POST', contacts, { properties: {} })).toMatchObject({
      status: 403,
      body: {
        category: 'MISSING_SCOPES',
        errors: [{ context: { requiredGranularScopes: ['crm.objects.contacts.write'] } }],
      },
    });
    expect((await read('GET', '/crm/v3/objects/0-3')).status).toBe(403);
  });

  it('may create a list with the write scope, and change it only with the read scope as well', async () => {
    const write = callerOf(sandbox.url, lister.token);
    const list = { name: 'A', objectTypeId: '0-1', processingType: 'MANUAL' };
    expect((await write('POST', '/crm/lists/2026-03', list)).status).toBe(200);
    expect((await write('DELETE', '/crm/lists/2026-03/1')).status).toBe(403);
  });

  it('do not reach exports and imports unless they say so', async () => {
    expect((await call('POST', '/crm/exports/2026-03/export/async', {})).status).toBe(403);
    expect((await call('GET', '/crm/v3/imports')).status).toBe(403);
  });
});

describe('OAuth', () => {
  it.each(['/oauth/v1/token', '/oauth/v3/token', '/oauth/2026-03/token'])(
    '%s turns a code into tokens, once',
    async (path) => {
      const code = await authorize();
      const fields = { grant_type: 'authorization_code', code, redirect_uri: 'http://localhost' };
      const answer = await token(path, fields);
      expect(answer).toMatchObject({
        status: 200,
        body: { token_type: 'bearer', expires_in: 1_800, hub_id: 4_711 },
      });
      expect(await token(path, fields)).toMatchObject({
        status: 400,
        body: { status: 'BAD_AUTH_CODE' },
      });
    },
  );

  it('access tokens expire after half an hour, and say so', async () => {
    const fields = { grant_type: 'authorization_code', code: await authorize() };
    const { access_token } = issued.parse((await token('/oauth/v3/token', fields)).body);
    const installed = callerOf(sandbox.url, access_token);
    expect((await installed('GET', contacts)).status).toBe(200);
    await call('POST', '/_sandbox/clock', { advanceMs: 1_800_000 });
    expect(await installed('GET', contacts)).toMatchObject({
      status: 401,
      body: { category: 'EXPIRED_AUTHENTICATION' },
    });
  });

  it('a rotated refresh token is good once', async () => {
    const refresh_token = defaultOAuthApp.refreshToken ?? '';
    const fields = { grant_type: 'refresh_token', refresh_token };
    const first = issued.parse((await token('/oauth/v3/token', fields)).body);
    expect(first.refresh_token).not.toBe(refresh_token);
    expect(await token('/oauth/v3/token', fields)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' },
    });
    const again = { ...fields, refresh_token: first.refresh_token };
    expect((await token('/oauth/v3/token', again)).status).toBe(200);
  });

  it('introspection knows a living token, and no longer one that was revoked', async () => {
    const answer = await token('/oauth/v3/token', {
      grant_type: 'client_credentials',
      scope: 'crm.lists.read',
    });
    const { access_token } = z.object({ access_token: z.string() }).parse(answer.body);
    const ask = () => token('/oauth/v3/token/introspect', { token: access_token });
    expect((await ask()).body).toMatchObject({ active: true, scopes: ['crm.lists.read'] });
    await token('/oauth/v3/token/revoke', { token: access_token });
    expect((await ask()).body).toEqual({ active: false });
  });
});
