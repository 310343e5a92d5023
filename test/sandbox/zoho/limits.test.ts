import { describe, expect, it } from 'vitest';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { allowanceOf } from '../../../sandbox/zoho/allowance.ts';
import type { LimitSettings } from '../../../sandbox/zoho/limit-calls.ts';
import { startCaller } from './caller.ts';

const org = '/crm/v8/org';
const remaining = 'x-api-credits-remaining';
const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index));
const data = (count: number) => ({ data: ids(count).map((id) => ({ id })) });

/** An org whose clock stands still, so that the day is exactly as full as the test made it. */
async function limited(settings: Omit<LimitSettings, 'mode'> = {}) {
  const clock = new AdjustableClock(() => Date.parse('2026-11-22T22:00:00Z'));
  const caller = await startCaller({ clock, limits: { mode: 'on', ...settings } });
  return { clock, ...caller };
}

describe('the credits of a day', () => {
  it.each([
    ['free', 10, 5_000, 5],
    ['standard', 10, 52_500, 10],
    ['standard', 1_000, 100_000, 10],
    ['professional', 10, 55_000, 15],
    ['professional', 100_000, 3_000_000, 15],
    ['enterprise', 10, 60_000, 20],
    ['ultimate', 10, 70_000, 25],
  ] as const)('of %s with %i licences', (edition, licences, credits, concurrency) => {
    const expected = { credits, concurrency, complexConcurrency: 10 };
    expect(allowanceOf(edition, licences)).toEqual(expected);
  });

  it('run out, and return 24 hours after their use, not at midnight', async () => {
    const { call, clock } = await limited({ override: { credits: 2 } });
    await call('GET', org);
    clock.advance(3_600_000);
    await call('GET', org);
    expect(await call('GET', org)).toMatchObject({
      status: 429,
      body: { code: 'TOO_MANY_REQUESTS', message: expect.stringContaining('credits') },
    });
    clock.advance(82_800_000 - 1);
    expect((await call('GET', org)).status).toBe(429);
    clock.advance(1);
    expect((await call('GET', org)).status).not.toBe(429);
    expect((await call('GET', org)).status).toBe(429);
  });

  it('are told in a header once half of them are used', async () => {
    const { call } = await limited({ override: { credits: 4 } });
    expect((await call('GET', org)).headers.get(remaining)).toBeNull();
    expect((await call('GET', org)).headers.get(remaining)).toBe('2');
    await call('GET', org);
    await call('GET', org);
    expect((await call('GET', org)).headers.get(remaining)).toBe('0');
  });

  it('may have been used by others, and can be changed while the sandbox runs', async () => {
    const { call } = await limited({ usedBefore: 54_999 });
    const before = await call('GET', org);
    expect(before.status).not.toBe(429);
    const edition = { edition: 'free', usedBefore: 5_000 };
    await call('POST', '/_sandbox/limits', edition);
    expect((await call('GET', org)).status).toBe(429);
    await call('POST', '/_sandbox/limits', { mode: 'off' });
    expect((await call('GET', org)).status).not.toBe(429);
    const { body } = await call('GET', '/_sandbox/limits');
    expect(body).toMatchObject({ settings: { mode: 'off' }, credits: { used: 1 } });
  });
});

describe('the credits of a call', () => {
  const coql = (limit: string) => ({ select_query: `select id from Deals where id > 0 ${limit}` });
  const composite = {
    __composite_requests: [
      { method: 'GET', uri: org },
      { method: 'GET', uri: '/crm/v8/Deals/deleted' },
    ],
  };

  it.each([
    ['GET', org, undefined, 1],
    ['GET', '/crm/v8/settings/fields?module=Deals', undefined, 1],
    ['GET', '/crm/v8/Deals?fields=id', undefined, 1],
    ['GET', '/crm/v8/Deals?fields=id&cvid=1', undefined, 3],
    ['GET', '/crm/v8/Deals/deleted', undefined, 2],
    ['GET', '/crm/v8/Contacts/search?email=a@b.c', undefined, 3],
    ['POST', '/crm/v8/coql', coql(''), 1],
    ['POST', '/crm/v8/coql', coql('limit 200'), 1],
    ['POST', '/crm/v8/coql', coql('limit 201'), 2],
    ['POST', '/crm/v8/coql', coql('limit 1000 offset 5'), 2],
    ['POST', '/crm/v8/coql', coql('limit 0, 1001'), 3],
    ['POST', '/crm/v8/coql', coql("and Deal_Name != 'limit 2000'"), 1],
    ['PUT', '/crm/v8/Deals', data(1), 1],
    ['PUT', '/crm/v8/Deals', data(10), 1],
    ['PUT', '/crm/v8/Deals', data(11), 2],
    ['PUT', '/crm/v8/Deals', data(100), 10],
    ['POST', '/crm/v8/Deals/upsert', data(100), 10],
    ['POST', '/crm/v8/Deals/actions/add_tags', { ids: ids(51), tags: [] }, 2],
    ['POST', '/crm/v8/Deals/actions/mass_update', { ids: ids(500), data: [{}] }, 50],
    ['DELETE', '/crm/v8/Deals?ids=1,2,3', undefined, 1],
    ['POST', '/crm/v8/Contacts/1/actions/merge', {}, 50],
    ['POST', '/crm/bulk/v8/read', {}, 50],
    ['POST', '/crm/bulk/v8/write', {}, 500],
    ['GET', '/crm/bulk/v8/read/1', undefined, 1],
    ['POST', '/crm/v8/__composite_requests', composite, 4],
    ['POST', '/oauth/v2/token', {}, 0],
  ])('%s %s is worth what the table says', async (method, path, body, credits) => {
    const { sandbox, call } = await limited();
    await call(method, path, body);
    expect(sandbox.calls.report()).toMatchObject({ total: 1, cost: credits });
  });
});

describe('calls at work at the same time', () => {
  async function at(count: number, once: () => Promise<{ status: number; body: unknown }>) {
    const answers = await Promise.all(Array.from({ length: count }, once));
    const refused = answers.filter(({ status }) => status === 429);
    return { refused: refused.length, first: refused[0]?.body };
  }

  it('are as many as the edition allows, and waiting is work', async () => {
    const { sandbox, call } = await limited({ edition: 'free' });
    sandbox.latency.spec = { kind: 'fixed', ms: 200 };
    const { refused, first } = await at(8, () => call('GET', org));
    expect(refused).toBe(3);
    expect(first).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringContaining('concurrency limit'),
    });
    expect((await at(5, () => call('GET', org))).refused).toBe(0);
    expect(sandbox.limits.report().concurrency).toMatchObject({ active: 0, peak: 5 });
    expect(sandbox.calls.report().tooMany.policies).toEqual({ concurrency: 3 });
  });

  it('are ten when they are complex, whatever the edition', async () => {
    const { sandbox, call } = await limited({ edition: 'ultimate' });
    sandbox.latency.spec = { kind: 'fixed', ms: 200 };
    const complex = await at(12, () => call('GET', '/crm/v8/Deals?fields=id&sort_by=id'));
    expect(complex.refused).toBe(2);
    expect(complex.first).toMatchObject({ message: expect.stringContaining('sub-concurrency') });
    expect((await at(12, () => call('GET', '/crm/v8/Deals?fields=id'))).refused).toBe(0);
    expect((await at(12, () => call('PUT', '/crm/v8/Deals', data(11)))).refused).toBe(2);
    expect((await at(12, () => call('PUT', '/crm/v8/Deals', data(10)))).refused).toBe(0);
  });

  it('cost credits even when refused, unless the option says otherwise', async () => {
    const { sandbox, call } = await limited({ override: { concurrency: 1 } });
    sandbox.latency.spec = { kind: 'fixed', ms: 150 };
    await at(3, () => call('GET', org));
    expect(sandbox.limits.report().credits.used).toBe(3);
    sandbox.limits.change({ mode: 'on', override: { concurrency: 1 }, chargeRefused: false });
    await at(3, () => call('GET', org));
    expect(sandbox.limits.report().credits.used).toBe(1);
  });

  it('end with the connection, when a fault cuts it', async () => {
    const { sandbox, call } = await limited({ override: { concurrency: 1 } });
    const effect = { kind: 'reset', when: 'before' } as const;
    sandbox.faults.add([{ match: {}, probability: 1, effect }]);
    await expect(call('GET', org)).rejects.toThrow('fetch failed');
    expect((await call('GET', org)).status).not.toBe(429);
  });
});
