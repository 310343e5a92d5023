import { Client } from '@hubspot/api-client';
import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';

const app = { clientId: 'client-1', clientSecret: 'secret-1', appId: '77', refreshToken: 'first' };
const { sandbox, client, called } = await startConformance({ apps: [app] });
const { tokensApi, accessTokensApi, refreshTokensApi } = client.oauth;

const refresh = (refreshToken: string, secret = app.clientSecret) =>
  tokensApi.create('refresh_token', undefined, undefined, app.clientId, secret, refreshToken);

describe('OAuth', () => {
  it('turns a refresh token into an access token that opens the portal for half an hour', async () => {
    const token = await refresh('first');
    expect(token).toMatchObject({ tokenType: 'bearer', expiresIn: 1_800 });
    const installed = new Client({ basePath: sandbox.url, accessToken: token.accessToken });
    expect((await installed.crm.contacts.basicApi.getPage()).results).toEqual([]);
  });

  it('tells whose an access token is', async () => {
    const { accessToken } = await refresh('first');
    const token = await accessTokensApi.get(accessToken);
    expect(token).toMatchObject({ appId: 77, tokenType: 'access', token: accessToken });
    expect(token.hubId).toBe(sandbox.portal.options.portalId);
    expect(token.scopes).toContain('crm.objects.contacts.read');
  });

  it('tells whose a refresh token is', async () => {
    const token = await refreshTokensApi.get('first');
    expect(token).toMatchObject({ clientId: app.clientId, token: 'first' });
  });

  it('refuses a wrong secret, a wrong token, and a token that was taken away', async () => {
    expect((await refusal(refresh('first', 'wrong'))).code).toBe(400);
    const unknown = await refusal(refresh('never given out'));
    expect(unknown).toMatchObject({ code: 400, body: { status: 'BAD_REFRESH_TOKEN' } });
    await refreshTokensApi.archive('first');
    const revoked = await refusal(refresh('first'));
    expect(revoked).toMatchObject({ code: 400, body: { status: 'BAD_REFRESH_TOKEN' } });
  });
});

provesItsClaims('oauth', called);
