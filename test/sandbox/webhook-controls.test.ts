import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { startZohoSandbox } from '../../sandbox/zoho/server.ts';
import { callerOf, newContact } from './hubspot/caller.ts';
import { callerOf as zohoCallerOf } from './zoho/caller.ts';
import { addRecord } from './zoho/stored.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Whoever is told: keeps every body it gets, refusing the first `refused`. */
async function startReceiver(refused = 0) {
  const bodies: unknown[] = [];
  let left = refused;
  const server = createServer(async (req, res) => {
    bodies.push(JSON.parse(Buffer.concat(await req.toArray()).toString()));
    res.writeHead(left > 0 ? 500 : 200).end();
    left -= 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  open.push({
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
  return { url: `http://127.0.0.1:${port}/hook`, bodies };
}

async function control(url: string, path: string, body?: unknown, method = 'POST') {
  const answer = await fetch(`${url}/_sandbox${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

it('HubSpot’s webhooks are pointed somewhere, elsewhere and nowhere while the sandbox runs', async () => {
  const [first, second] = [await startReceiver(2), await startReceiver()];
  const sandbox = await startHubSpotSandbox();
  open.unshift(sandbox);
  const call = callerOf(sandbox.url, sandbox.token);
  expect((await control(sandbox.url, '/webhooks', undefined, 'GET')).body).toEqual({
    webhooks: null,
  });
  const pointed = await control(sandbox.url, '/webhooks', {
    url: first.url,
    retryMs: 1,
    gatherMs: 1,
  });
  expect(pointed.body).toMatchObject({ webhooks: { url: first.url, appId: '2002' } });
  expect(JSON.stringify(pointed.body)).not.toContain('sandbox-client-secret');
  await newContact(call, { email: 'one@example.com' });
  const settled = await control(sandbox.url, '/webhooks/settle');
  expect(settled.body).toMatchObject({
    webhooks: { events: 2, attempts: 3, delivered: 1, givenUp: 0, waiting: 0 },
  });
  const attempts = z.array(z.array(z.looseObject({ attemptNumber: z.number() })));
  expect(attempts.parse(first.bodies).map(([event]) => event?.attemptNumber)).toEqual([0, 1, 2]);

  await control(sandbox.url, '/webhooks', { url: second.url, gatherMs: 1, duplicates: 1 });
  await newContact(call, { email: 'two@example.com' });
  await control(sandbox.url, '/webhooks/settle');
  expect(second.bodies.flat()).toHaveLength(4);
  await control(sandbox.url, '/webhooks', undefined, 'DELETE');
  await newContact(call, { email: 'three@example.com' });
  await control(sandbox.url, '/webhooks/settle');
  expect([first.bodies.length, second.bodies.length]).toEqual([3, 1]);
});

it('HubSpot’s webhooks leave the machine only when that was said', async () => {
  const sandbox = await startHubSpotSandbox();
  open.unshift(sandbox);
  const url = 'http://assay.invalid/webhooks/main';
  expect((await control(sandbox.url, '/webhooks', { url })).status).toBe(400);
  expect((await control(sandbox.url, '/webhooks', { url, anywhere: true })).status).toBe(200);
});

it('Zoho’s notifications travel worse or better while the sandbox runs', async () => {
  const { url, bodies } = await startReceiver();
  const sandbox = await startZohoSandbox({ watch: { gatherMs: 1 } });
  open.unshift(sandbox);
  const call = zohoCallerOf(sandbox.url, sandbox.token);
  const channel = { channel_id: '1', events: ['Contacts.all'], token: 'guess me', notify_url: url };
  const enable = (notify_url: string) =>
    call('POST', '/crm/v8/actions/watch', { watch: [{ ...channel, notify_url }] });
  await enable(url);
  await control(sandbox.url, '/watch', { losses: 1 });
  addRecord(sandbox.org, 'Contacts', { Last_Name: 'Unheard' });
  expect((await control(sandbox.url, '/watch/settle')).body).toMatchObject({ bodies: 1, lost: 1 });
  await control(sandbox.url, '/watch', { losses: 0, duplicates: 1, words: 'written' });
  addRecord(sandbox.org, 'Contacts', { Last_Name: 'Heard twice' });
  const { body } = await control(sandbox.url, '/watch/settle');
  expect(body).toMatchObject({ doubled: 1, answered: 2, channels: [{ id: '1', notifyUrl: url }] });
  expect(JSON.stringify(body)).not.toContain('guess me');
  expect(bodies).toMatchObject([{ operation: 'create' }, { operation: 'create' }]);
  const elsewhere = 'http://assay.invalid/webhooks/main/secret';
  expect((await enable(elsewhere)).status).toBe(400);
  await control(sandbox.url, '/watch', { anywhere: true });
  expect((await enable(elsewhere)).status).toBe(201);
});
