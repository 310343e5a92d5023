import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { usualSubscriptions } from '../../sandbox/hubspot/webhook-subscription.ts';
import { callerOf, newContact } from '../sandbox/hubspot/caller.ts';
import {
  anEvent,
  clientSecret,
  deliver,
  type HttpUnderTest,
  hubspotSettings,
  type Setup,
  startHttp,
} from './http-under-test.ts';

const connections = [
  { id: 'main', crm: 'hubspot', settings: hubspotSettings },
  { id: 'other', crm: 'hubspot', settings: hubspotSettings },
  { id: 'same', crm: 'hubspot', settings: hubspotSettings },
  { id: 'later', crm: 'hubspot', settings: hubspotSettings },
  { id: 'closed', crm: 'hubspot', settings: { token: 'TOKEN' } },
];
const accounts = { main: '4711', other: '4712', same: '4712', closed: '4713' };

let shared: HttpUnderTest | undefined;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  await shared?.empty();
});
afterAll(async () => await shared?.close());

const addressOf = ({ url }: HttpUnderTest) => `${url}/webhooks/main`;

/** An app for all tests that need none of their own. */
async function ready() {
  shared ??= await startHttp({ connections, accounts });
  return { ...shared, to: addressOf(shared) };
}

async function start(setup: Setup) {
  const http = await startHttp({ accounts: { main: '4711' }, ...setup });
  open.push(http);
  return { ...http, to: addressOf(http) };
}

/** The portal 4711, sending to the app as badly as asked. */
async function startPortal(url: string, options = {}) {
  const sandbox = await startHubSpotSandbox({
    webhooks: {
      ...{ url, appId: '55', clientSecret, subscriptions: usualSubscriptions },
      ...{ gatherMs: 2, retryMs: 20, ...options },
    },
  });
  open.unshift(sandbox);
  return { sandbox, call: callerOf(sandbox.url, sandbox.token) };
}

describe('what the portal sends', () => {
  it('waits in the inbox, once, and the queue knows whose it is', async () => {
    const http = await ready();
    const { sandbox, call } = await startPortal(http.to);
    const contact = await newContact(call, { email: 'one@example.com', country: 'IE' });
    await sandbox.webhooks.settle();
    expect(await http.waiting('main')).toEqual([`changed customers ${contact}`]);
    expect(await http.hintsOf('main')).toBe(3);
    expect(await http.queue.depth()).toMatchObject({ waiting: 1 });
    await call('DELETE', `/crm/objects/2026-03/contacts/${contact}`);
    await sandbox.webhooks.settle();
    expect(await http.waiting('main')).toEqual([`changed+removed customers ${contact}`]);
  });

  it('comes doubled, late and in no order, and is there once', async () => {
    const http = await ready();
    const chances = { duplicates: 0.5, reordering: 1, delayMs: 30, seed: 5 };
    const { sandbox, call } = await startPortal(http.to, chances);
    const ids: string[] = [];
    for (let index = 0; index < 40; index += 1)
      ids.push(await newContact(call, { email: `${index}@example.com` }));
    await sandbox.webhooks.settle();
    const waiting = await http.waiting('main');
    expect(waiting.toSorted()).toEqual(ids.map((id) => `changed customers ${id}`).toSorted());
    expect(await http.hintsOf('main')).toBe(80);
    expect(sandbox.webhooks.state()?.doubled).toBeGreaterThan(10);
  });

  it('comes again by itself when it could not be taken', async () => {
    const limits = { perConnection: { perSecond: 20, burst: 1 } };
    const http = await start({ input: { limits } });
    const { sandbox, call } = await startPortal(http.to, { gatherMs: 0 });
    for (let index = 0; index < 10; index += 1)
      await newContact(call, { email: `${index}@example.com` });
    await sandbox.webhooks.settle();
    expect(await http.hintsOf('main')).toBe(20);
    expect(http.events).toContainEqual({
      ...{ kind: 'refused', connection: 'main', code: 'TOO_MANY_REQUESTS' },
    });
    expect(sandbox.webhooks.state()).toMatchObject({ givenUp: 0 });
  });
});

describe('accounts', () => {
  it('each have their own connections, whichever was called', async () => {
    const http = await ready();
    const events = [4711, 4712, 4713, 4714].map((portalId, eventId) =>
      anEvent({ portalId, eventId, objectId: portalId }),
    );
    const answer = await deliver(http.to, JSON.stringify(events));
    expect(answer.status).toBe(200);
    expect(await http.waiting('main')).toEqual(['changed deals 4711']);
    expect(await http.waiting('other')).toEqual(['changed deals 4712']);
    expect(await http.waiting('same')).toEqual(['changed deals 4712']);
    expect(await http.waiting('closed')).toEqual([]);
    expect(http.events).toContainEqual({
      ...{ kind: 'webhook', connection: 'main', hints: 4, dropped: 0, foreign: 2 },
    });
  });

  it('that are joined later are found within a second', async () => {
    const http = await ready();
    const body = JSON.stringify([anEvent({ portalId: 4799 })]);
    await deliver(http.to, body);
    const identity = { crm: 'hubspot', accountId: '4799', subject: 'contact' } as const;
    await http.app.store.connections.bind('later', identity);
    expect(await http.waiting('later')).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await deliver(http.to, body);
    expect(await http.waiting('later')).toEqual(['changed deals 7']);
  });
});

describe('the address that was signed', () => {
  const body = JSON.stringify([anEvent()]);
  const publicUrl = 'https://assay.example.com';

  it('is the public one, whatever a proxy makes of it', async () => {
    const http = await start({ publicUrl });
    const signedUrl = `${publicUrl}/webhooks/main`;
    expect((await deliver(http.to, body, { signedUrl })).status).toBe(200);
    expect((await deliver(http.to, body)).status).toBe(401);
  });

  it('is never what the request says of its host', async () => {
    const http = await ready();
    const signedUrl = `${publicUrl}/webhooks/main`;
    const headers = {
      ...{ 'x-forwarded-host': 'assay.example.com', 'x-forwarded-proto': 'https' },
      ...{ forwarded: 'host=assay.example.com;proto=https' },
    };
    expect((await deliver(http.to, body, { signedUrl, headers })).status).toBe(401);
    expect((await deliver(http.to, body, { headers })).status).toBe(200);
  });
});
