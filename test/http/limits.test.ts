import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pathSecret } from '../../src/connector/webhook-address.ts';
import {
  anEvent,
  clientSecret,
  deliver,
  type HttpUnderTest,
  hubspotSettings,
  key,
  type Setup,
  startHttp,
  zohoSettings,
} from './http-under-test.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const both = [
  { id: 'main', crm: 'hubspot', settings: hubspotSettings },
  { id: 'east', crm: 'zoho', settings: zohoSettings },
];

let shared: HttpUnderTest | undefined;
afterEach(async () => await shared?.empty());
afterAll(async () => await shared?.close());

/** An app for all tests that need none of their own, without a limit of rate. */
async function ready() {
  const plenty = { perSecond: 1_000_000, burst: 1_000_000 };
  const limits = { perAddress: plenty, perConnection: plenty };
  shared ??= await startHttp({
    ...{ connections: both, accounts: { main: '4711' }, input: { limits } },
  });
  return { ...shared, to: `${shared.url}/webhooks/main` };
}

async function start(setup: Setup = {}) {
  const http = await startHttp({ connections: both, accounts: { main: '4711' }, ...setup });
  open.push(http);
  return { ...http, to: `${http.url}/webhooks/main` };
}

const refusal = z.strictObject({ code: z.string(), message: z.string(), todo: z.string() });
const told = async (answer: Response) => ({
  status: answer.status,
  code: refusal.parse(await answer.json()).code,
});

describe('a request that is not served says why', () => {
  it('and the log says of its address what is ours alone, by whatever method it came', async () => {
    const { url, lines } = await ready();
    for (const method of ['GET', 'POST', 'PUT'])
      await fetch(`${url}/webhooks/mary@example.net`, { method });
    await fetch(`${url}/webhooks/main`);
    const logged = lines.filter(({ event }) => event === 'http.request');
    expect(logged.at(-1)?.facts).toMatchObject({ connection: 'main', status: 405 });
    expect(JSON.stringify(lines)).not.toContain('mary@');
  });

  it.each([
    ['GET', '/', 404, 'ADDRESS_UNKNOWN'],
    ['POST', '/webhooks/nobody', 404, 'ADDRESS_UNKNOWN'],
    ['POST', '/webhooks/main/and-a-secret', 404, 'ADDRESS_UNKNOWN'],
    ['POST', '/webhooks/east', 404, 'ADDRESS_UNKNOWN'],
    ['GET', '/webhooks/main', 405, 'METHOD_NOT_ALLOWED'],
    ['POST', '/healthz', 405, 'METHOD_NOT_ALLOWED'],
    ['POST', '/webhooks/main', 401, 'WEBHOOK_UNPROVEN'],
    ['POST', '/webhooks/%zz', 400, 'REQUEST_BROKEN'],
  ])('%s %s: %i %s', async (method, path, status, code) => {
    const { url } = await ready();
    expect(await told(await fetch(`${url}${path}`, { method }))).toEqual({ status, code });
  });

  it('has plain headers and no banner', async () => {
    const { url } = await ready();
    const { headers } = await fetch(`${url}/webhooks/main`);
    expect(headers.get('allow')).toBe('POST');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('limits', () => {
  it('of length: a megabyte, whether said beforehand or not', async () => {
    const { to, waiting } = await ready();
    const long = JSON.stringify([anEvent({ propertyValue: 'x'.repeat(1_048_576) })]);
    expect(await told(await deliver(to, long))).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
    const stream = new Blob([long]).stream();
    const chunked = await fetch(to, { method: 'POST', body: stream, duplex: 'half' });
    expect(await told(chunked)).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
    expect(await waiting('main')).toEqual([]);
  });

  it('of records: two thousand', async () => {
    const { to, hintsOf } = await ready();
    const events = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, eventId) => anEvent({ eventId })));
    expect((await deliver(to, events(2_000))).status).toBe(200);
    expect(await told(await deliver(to, events(2_001)))).toMatchObject({ status: 413 });
    expect(await hintsOf('main')).toBe(2_000);
  });

  it('of encodings: none', async () => {
    const { to } = await ready();
    const headers = { 'content-encoding': 'gzip' };
    expect(await told(await deliver(to, 'x', { headers }))).toEqual({
      ...{ status: 415, code: 'REQUEST_BROKEN' },
    });
  });

  it('of rate by address: soon 429 for who proves nothing, and it passes', async () => {
    const limits = { perAddress: { perSecond: 40, burst: 40 } };
    const { to, events, hintsOf } = await start({ input: { limits } });
    const flood = await Promise.all(
      Array.from({ length: 200 }, () => deliver(to, '[]', { secret: 'guessed' })),
    );
    const statuses = flood.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(45);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(150);
    const late = flood.find(({ status }) => status === 429);
    expect(Number(late?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(events.filter(({ kind }) => kind === 'refused')).toHaveLength(200);
    expect(await hintsOf('main')).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    expect((await deliver(to, JSON.stringify([anEvent()]))).status).toBe(200);
  });

  it('a flood with bad signatures costs little', async () => {
    const { to, hintsOf } = await ready();
    const body = JSON.stringify(Array.from({ length: 100 }, (_, eventId) => anEvent({ eventId })));
    const startedAt = performance.now();
    for (let round = 0; round < 20; round += 1)
      await Promise.all(Array.from({ length: 50 }, () => deliver(to, body, { secret: 'guessed' })));
    expect((performance.now() - startedAt) / 1_000).toBeLessThan(10);
    expect(await hintsOf('main')).toBe(0);
  });
});

describe('without a store', () => {
  it('it lives, is not ready, and asks senders to come again', async () => {
    const { url, to, app, lines } = await start();
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
    await app.store.close();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const unready = await fetch(`${url}/readyz`);
    expect(unready.headers.get('retry-after')).toBe('10');
    expect(await told(unready)).toEqual({ status: 503, code: 'NOT_READY' });
    const unkept = await deliver(to, JSON.stringify([anEvent()]));
    expect(await told(unkept)).toEqual({ status: 503, code: 'NOT_READY' });
    expect(lines.map(({ event }) => event)).toContain('http.failed');
  });
});

describe('the log', () => {
  it('has one event a request, without secrets, paths, bodies or addresses', async () => {
    const http = await ready();
    const secret = pathSecret(key, 'east').reveal();
    const email = 'someone@example.com';
    const event = anEvent({ propertyName: 'email', propertyValue: email });
    await deliver(http.to, JSON.stringify([event]));
    await deliver(`${http.url}/webhooks/main?email=${email}`, JSON.stringify([event]));
    await fetch(`${http.url}/webhooks/east/${secret}`, { method: 'POST', body: email });
    await fetch(`${http.url}/webhooks/${email}/${secret}x`, { method: 'POST', body: email });
    await fetch(`${http.url}/elsewhere/${secret}`);
    const text = JSON.stringify([http.lines, http.events]);
    for (const hidden of [secret, email, clientSecret, key.reveal(), '127.0.0.1'])
      expect(text).not.toContain(hidden);
    const requests = http.lines.filter(({ event: name }) => name === 'http.request');
    expect(requests.map(({ facts }) => [facts['route'], facts['status']])).toEqual([
      ['/webhooks/:connection{/:secret}', 200],
      ['/webhooks/:connection{/:secret}', 200],
      ['/webhooks/:connection{/:secret}', 400],
      ['/webhooks/:connection{/:secret}', 404],
      ['none', 404],
    ]);
    expect(requests[0]?.facts).toMatchObject({ method: 'POST', connection: 'main' });
    expect(requests.map(({ facts }) => facts['code'])).toEqual([
      ...[undefined, undefined, 'WEBHOOK_UNREADABLE', 'ADDRESS_UNKNOWN', 'ADDRESS_UNKNOWN'],
    ]);
  });

  it('is not filled by a flood that is turned away: one line tells of many', async () => {
    const limits = { perAddress: { perSecond: 0.001, burst: 1 } };
    const http = await start({ input: { limits } });
    const flood = async () => (await fetch(http.to, { method: 'POST', body: '[]' })).status;
    expect(await flood()).toBe(401);
    const statuses = await Promise.all(Array.from({ length: 100 }, flood));
    expect(new Set(statuses)).toEqual(new Set([429]));
    const told = http.lines.filter(({ facts }) => facts['code'] === 'TOO_MANY_REQUESTS');
    expect(told.length).toBeLessThan(50);
    expect(http.events.filter(({ kind }) => kind === 'request')).toHaveLength(101);
  });
});

describe('whatever is sent', () => {
  it('is answered with JSON, and the app lives on', async () => {
    const { url } = await ready();
    const secret = pathSecret(key, 'east').reveal();
    const path = fc.oneof(
      fc.constantFrom('/webhooks/main', `/webhooks/east/${secret}`, '/healthz', '/webhooks/'),
      fc.webPath({ size: 'large' }),
    );
    const value = fc.stringMatching(/^[\x21-\x7e]{0,40}$/);
    const names = ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp', 'content-type'];
    const more = ['content-encoding', 'x-forwarded-for', 'host', 'x-hubspot-signature'];
    const sent = fc.record({
      path,
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'),
      headers: fc.dictionary(fc.constantFrom(...names, ...more), value),
      body: fc.oneof(fc.json(), fc.string(), fc.constant('['.repeat(1_000))),
    });
    await fc.assert(
      fc.asyncProperty(sent, async ({ path: to, method, headers, body }) => {
        const { status, text } = await raw(`${url}${to}`, method, headers, body);
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
        expect(() => JSON.parse(text)).not.toThrow();
        for (const hidden of [clientSecret, secret]) expect(text).not.toContain(hidden);
      }),
      { numRuns: 150 },
    );
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

/** With headers that `fetch` would not let through. */
function raw(url: string, method: string, headers: object, body: string) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sending = request(
      url,
      { method, agent: false, headers: { ...headers } },
      async (answer) => {
        const text = Buffer.concat(await answer.toArray()).toString();
        resolve({ status: answer.statusCode ?? 0, text });
      },
    );
    sending.on('error', reject);
    // Of the others Node would not say how long it is.
    sending.end(['POST', 'PUT', 'PATCH'].includes(method) ? body : undefined);
  });
}
