import { describe, expect, it } from 'vitest';
import { canonicalPath } from '../../../sandbox/hubspot/versions.ts';
import { startCaller } from './caller.ts';

describe('versions in paths', () => {
  it.each([
    ['/crm/v3/objects/contacts/batch/read', '/crm/objects/2026-03/contacts/batch/read'],
    [
      '/crm/v4/objects/deals/1/associations/contacts',
      '/crm/objects/2026-09/deals/1/associations/contacts',
    ],
    [
      '/crm/v4/associations/deals/contacts/batch/read',
      '/crm/associations/2026-03/deals/contacts/batch/read',
    ],
    ['/crm/v3/properties/contacts', '/crm/properties/2026-03/contacts'],
    ['/crm/v3/lists', '/crm/lists/2026-09'],
    ['/crm/v3/lists/', '/crm/lists/2026-09/'],
    ['/crm/v3/owners', '/crm/owners/2026-03'],
    ['/crm/v3/pipelines/deals', '/crm/pipelines/2026-03/deals'],
    ['/account-info/v3/details', '/account-info/2026-03/details'],
    ['/oauth/v3/token', '/oauth/2026-03/token'],
    ['/crm/v3/limits/custom-properties', '/crm/limits/2026-03/custom-properties'],
    [
      '/settings/v3/currencies/exchange-rates/current',
      '/settings/currencies/2026-03/exchange-rates/current',
    ],
  ])('%s and %s are one endpoint', (numbered, dated) => {
    const canonical = canonicalPath(numbered);
    expect(canonical).toBeDefined();
    expect(canonicalPath(dated)?.path).toBe(canonical?.path);
  });

  it.each([
    '/crm/v5/objects/contacts',
    '/crm/objects/2025-01/contacts',
    '/crm/2026-03/objects/contacts',
    '/crm/v4/objects/contacts',
    '/crm/v3/associations/deals/contacts/batch/read',
    '/oauth/v4/token',
    '/crm/objects/contacts',
    '/elsewhere/v3/contacts',
  ])('%s does not exist', (path) => {
    expect(canonicalPath(path)).toBeUndefined();
  });

  it('answers 404 in JSON for them, also without a token', async () => {
    const { call } = await startCaller();
    const answer = await call('GET', '/crm/v5/objects/contacts');
    expect(answer).toMatchObject({ status: 404, body: { category: 'OBJECT_NOT_FOUND' } });
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it('answers 414 for an address that names too many properties', async () => {
    const { call } = await startCaller();
    const names = Array.from({ length: 600 }, (_, index) => `some_property_${index}`);
    const path = `/crm/v3/objects/contacts?properties=${names.join(',')}`;
    expect((await call('GET', path)).status).toBe(414);
  });
});
