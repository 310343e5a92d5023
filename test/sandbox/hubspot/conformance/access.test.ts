import { Client } from '@hubspot/api-client';
import { describe, expect, it } from 'vitest';
import { refusal, startConformance } from './conformance.ts';

const { sandbox } = await startConformance({
  tokens: [
    { token: 'pat-na1-all', appId: '1' },
    { token: 'pat-na1-reader', appId: '2', scopes: ['crm.objects.contacts.read'] },
  ],
});
const as = (accessToken: string) => new Client({ basePath: sandbox.url, accessToken });

describe('a token', () => {
  it('nobody knows is a 401', async () => {
    const { contacts } = as('pat-na1-invented').crm;
    expect(await refusal(contacts.basicApi.getPage())).toMatchObject({
      code: 401,
      body: { status: 'error', category: 'INVALID_AUTHENTICATION' },
    });
  });

  it('without the scope is a 403 that names it', async () => {
    const { contacts, deals, lists } = as('pat-na1-reader').crm;
    await contacts.basicApi.getPage();
    for (const [call, scope] of [
      [() => deals.basicApi.getPage(), 'crm.objects.deals.read'],
      [() => contacts.basicApi.create({ properties: {} }), 'crm.objects.contacts.write'],
      [() => lists.listsApi.getAll(), 'crm.lists.read'],
    ] as const)
      expect(await refusal(call())).toMatchObject({
        code: 403,
        body: {
          category: 'MISSING_SCOPES',
          errors: [{ context: { requiredGranularScopes: expect.arrayContaining([scope]) } }],
        },
      });
  });

  it('of OAuth expires, and says so', async () => {
    const { tokensApi } = as('pat-na1-all').oauth;
    const app = ['sandbox-client-id', 'sandbox-client-secret', 'na1-sandbox-refresh'] as const;
    const token = await tokensApi.create('refresh_token', undefined, undefined, ...app);
    const { contacts } = as(token.accessToken).crm;
    await contacts.basicApi.getPage();
    sandbox.clock.advance(1_800_000);
    expect(await refusal(contacts.basicApi.getPage())).toMatchObject({
      code: 401,
      body: { category: 'EXPIRED_AUTHENTICATION' },
    });
  });
});
