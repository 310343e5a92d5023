import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findEndpoint } from '../../../sandbox/hubspot/endpoints.ts';
import { newContact, startCaller } from './caller.ts';

const { sandbox, call } = await startCaller();
const contacts = '/crm/objects/2026-03/contacts';

async function report() {
  return (await call('GET', '/_sandbox/calls')).body;
}

beforeEach(() => call('POST', '/_sandbox/reset'));

describe('the call log', () => {
  it('counts by endpoint, whatever version, alias or id the path has', async () => {
    const id = await newContact(call);
    await call('GET', `/crm/v3/objects/0-1/${id}`);
    await call('GET', `/crm/objects/2026-09/contact/${id}`);
    await call('GET', `${contacts}/999999`);
    expect(await report()).toMatchObject({
      total: 4,
      kinds: { read: 3, write: 1, search: 0, other: 0 },
      statuses: { 200: 2, 201: 1, 404: 1 },
      endpoints: {
        'GET /crm/objects/contacts/{id}': { count: 3, statuses: { 200: 2, 404: 1 } },
        'POST /crm/objects/contacts': { count: 1, statuses: { 201: 1 } },
      },
    });
  });

  it('tells batch reads from batch writes, and searches from both', async () => {
    await call('POST', `${contacts}/batch/read`, { inputs: [], properties: [] });
    await call('POST', `${contacts}/batch/update`, { inputs: [] });
    await call('POST', `${contacts}/search`, {});
    await call('GET', '/account-info/v3/details');
    expect(await report()).toMatchObject({ kinds: { read: 1, write: 1, search: 1, other: 1 } });
  });

  it('counts refusals by policy, and connections that ended without an answer as status 0', async () => {
    sandbox.faults.add([
      { match: {}, probability: 1, effect: { kind: 'tooMany', policy: 'DAILY' } },
      { match: { nth: 2 }, probability: 1, effect: { kind: 'reset', when: 'before' } },
    ]);
    await call('GET', contacts);
    await call('GET', contacts).catch(() => undefined);
    expect(await report()).toMatchObject({
      tooMany: { total: 1, policies: { DAILY: 1 } },
      statuses: { 0: 1, 429: 1 },
    });
  });

  it('tells when calls came that were let through, lane by lane', async () => {
    await call('GET', contacts);
    await call('POST', `${contacts}/search`, {});
    const { body } = await call('GET', '/_sandbox/calls?times=1&lane=general');
    const { times } = z.object({ times: z.array(z.number()) }).parse(body);
    expect(times).toHaveLength(1);
    expect(Math.abs(Date.now() - (times[0] ?? 0))).toBeLessThan(5_000);
  });

  it('does not count the control endpoint', async () => {
    await call('GET', '/_sandbox/state');
    expect(await report()).toMatchObject({ total: 0 });
  });
});

describe('the control endpoint', () => {
  it('says what is wrong with a request', async () => {
    const answer = await call('POST', '/_sandbox/faults', { faults: [{ effect: { kind: 'no' } }] });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('effect');
  });

  it('delays every call by the latency it is given, until it is reset', async () => {
    const timed = async () => {
      const before = performance.now();
      await call('GET', contacts);
      return performance.now() - before;
    };
    await call('POST', '/_sandbox/latency', { kind: 'fixed', ms: 50 });
    expect(await timed()).toBeGreaterThanOrEqual(48);
    await call('POST', '/_sandbox/reset');
    expect(await timed()).toBeLessThan(45);
  });

  it('lets calls wait side by side, as a real server does', async () => {
    await call('POST', '/_sandbox/latency', { kind: 'fixed', ms: 100 });
    const before = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => call('GET', contacts)));
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('shows the state', async () => {
    const { body } = await call('GET', '/_sandbox/state');
    expect(body).toMatchObject({ portalId: 4711, records: { deals: 0 }, limits: { plan: 'off' } });
  });
});

describe('endpoints', () => {
  it.each([
    ['GET', '/crm/objects/deals/1/associations/contacts', 'associations', 'read'],
    ['PUT', '/crm/objects/deals/1/associations/default/contacts/2', 'associations', 'write'],
    ['POST', '/crm/associations/0-3/0-1/batch/read', 'associations', 'read'],
    ['POST', '/crm/objects/contacts/search', 'search', 'search'],
    ['POST', '/crm/lists/search', 'general', 'read'],
    ['PUT', '/crm/lists/1/memberships/add-and-remove', 'general', 'write'],
    ['GET', '/crm/properties/contacts/groups', 'general', 'read'],
    ['POST', '/oauth/token', 'unlimited', 'other'],
  ])('%s %s counts against %s as %s', (method, path, lane, kind) => {
    expect(findEndpoint(method, path)).toMatchObject({ lane, kind });
  });
});
