import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../../sandbox/hubspot/server.ts';
import type { WebhookOptions } from '../../../sandbox/hubspot/webhook-emitter.ts';
import { signatureV1, signatureV3 } from '../../../sandbox/hubspot/webhook-signature.ts';
import { type Caller, callerOf, newContact } from './caller.ts';

const event = z.looseObject({
  eventId: z.number(),
  subscriptionType: z.string(),
  attemptNumber: z.number(),
});
type Event = z.output<typeof event>;

interface Delivery {
  readonly events: readonly Event[];
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** A receiver that answers with the given statuses in turn, then 200. */
async function startReceiver(...statuses: readonly number[]) {
  const deliveries: Delivery[] = [];
  const answers = [...statuses];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const events = z.array(event).parse(JSON.parse(body));
      deliveries.push({ events, body, headers: req.headers });
      res.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}/hooks?to=a%40b`, deliveries };
}

const subscriptions: WebhookOptions['subscriptions'] = [
  { objectType: 'contact', action: 'creation' },
  { objectType: 'contact', action: 'propertyChange', propertyName: 'city' },
  { objectType: 'contact', action: 'deletion' },
  { objectType: 'contact', action: 'privacyDeletion' },
  { objectType: 'contact', action: 'associationChange' },
  { objectType: 'deal', action: 'associationChange' },
];

async function startPortal(
  options: Partial<WebhookOptions> & { readonly url: string },
): Promise<{ sandbox: HubSpotSandbox; call: Caller; settle: () => Promise<void> }> {
  const webhooks = {
    appId: '55',
    clientSecret: 'secret',
    gatherMs: 5,
    retryMs: 1,
    subscriptions,
    ...options,
  };
  const sandbox = await startHubSpotSandbox({ webhooks });
  open.unshift(sandbox);
  const settle = async () => sandbox.webhooks?.settle();
  return { sandbox, call: callerOf(sandbox.url, sandbox.token), settle };
}

const all = (deliveries: readonly Delivery[]) => deliveries.flatMap(({ events }) => events);
const types = (deliveries: readonly Delivery[]) =>
  all(deliveries).map(({ subscriptionType }) => subscriptionType);

describe('webhooks', () => {
  it('tell a creation and a change of a subscribed property, and nothing else', async () => {
    const { url, deliveries } = await startReceiver();
    const { call, settle } = await startPortal({ url });
    const id = await newContact(call, { city: 'Rome', firstname: 'Ada' });
    await settle();
    expect(all(deliveries)).toMatchObject([
      {
        subscriptionType: 'contact.creation',
        objectId: Number(id),
        changeFlag: 'CREATED',
        portalId: 4_711,
        appId: 55,
        attemptNumber: 0,
      },
      {
        subscriptionType: 'contact.propertyChange',
        propertyName: 'city',
        propertyValue: 'Rome',
        changeSource: 'INTEGRATION',
        sourceId: '1001',
      },
    ]);
  });

  it('are signed in both ways, the address decoded as HubSpot decodes it', async () => {
    const { url, deliveries } = await startReceiver();
    const { call, settle } = await startPortal({ url });
    await newContact(call);
    await settle();
    const [delivery] = deliveries;
    const timestamp = Number(delivery?.headers['x-hubspot-request-timestamp']);
    const body = delivery?.body ?? '';
    expect(Math.abs(Date.now() - timestamp)).toBeLessThan(5_000);
    expect(delivery?.headers['x-hubspot-signature']).toBe(signatureV1('secret', body));
    const decoded = url.replace('%40', '@');
    const v3 = delivery?.headers['x-hubspot-signature-v3'];
    expect(v3).toBe(signatureV3('secret', decoded, body, timestamp));
  });

  it('come again with a higher attempt number until they are taken', async () => {
    const { url, deliveries } = await startReceiver(500, 404);
    const { call, settle } = await startPortal({ url });
    await newContact(call);
    await settle();
    expect(all(deliveries).map(({ attemptNumber }) => attemptNumber)).toEqual([0, 1, 2]);
    expect(new Set(all(deliveries).map(({ eventId }) => eventId)).size).toBe(1);
  });

  it('come a hundred at most in one delivery', async () => {
    const { url, deliveries } = await startReceiver();
    const { call, settle } = await startPortal({ url, gatherMs: 10_000 });
    const batch = (count: number) => ({
      inputs: Array.from({ length: count }, () => ({ properties: {} })),
    });
    for (const count of [100, 100, 50])
      await call('POST', '/crm/objects/2026-03/contacts/batch/create', batch(count));
    await settle();
    expect(deliveries.map(({ events }) => events.length).toSorted((a, b) => b - a)).toEqual([
      100, 100, 50,
    ]);
  });

  it('tell an association once for each direction', async () => {
    const { url, deliveries } = await startReceiver();
    const { call, settle } = await startPortal({ url });
    const contact = await newContact(call);
    const made = await call('POST', '/crm/objects/2026-03/deals', { properties: {} });
    const deal = z.object({ id: z.string() }).parse(made.body).id;
    await call(
      'PUT',
      `/crm/objects/2026-03/deals/${deal}/associations/default/contacts/${contact}`,
    );
    await settle();
    const changes = all(deliveries).filter(({ subscriptionType }) =>
      subscriptionType.endsWith('associationChange'),
    );
    expect(changes.map(({ associationType }) => associationType).toSorted()).toEqual([
      'CONTACT_TO_DEAL',
      'DEAL_TO_CONTACT',
    ]);
  });

  it('tell a privacy deletion twice: as such and as a deletion', async () => {
    const { url, deliveries } = await startReceiver();
    const { call, settle } = await startPortal({ url });
    const objectId = await newContact(call);
    await call('POST', '/crm/objects/2026-03/contacts/gdpr-delete', { objectId });
    await settle();
    expect(types(deliveries).toSorted()).toEqual([
      'contact.creation',
      'contact.deletion',
      'contact.privacyDeletion',
    ]);
  });

  it('get lost, doubled and out of order as often as asked, the same for the same seed', async () => {
    const run = async () => {
      const { url, deliveries } = await startReceiver();
      const chances = { losses: 0.2, duplicates: 0.2, reordering: 1, gatherMs: 10_000, seed: 9 };
      const { call, settle } = await startPortal({ url, ...chances });
      const inputs = Array.from({ length: 80 }, () => ({ properties: {} }));
      await call('POST', '/crm/objects/2026-03/contacts/batch/create', { inputs });
      await settle();
      return all(deliveries).map(({ eventId }) => eventId);
    };
    const first = await run();
    const distinct = new Set(first).size;
    expect(distinct).toBeLessThan(80);
    expect(first.length).toBeGreaterThan(distinct);
    expect(first).not.toEqual(first.toSorted((a, b) => a - b));
    expect(await run()).toEqual(first);
  });

  it('never leave the machine, and refuse a property that always changes', async () => {
    const { url } = await startReceiver();
    await expect(startPortal({ url: 'https://example.com/hooks' })).rejects.toThrow('loopback');
    const propertyName = 'hs_lastmodifieddate';
    const everything = [{ objectType: 'contact', action: 'propertyChange', propertyName }] as const;
    await expect(startPortal({ url, subscriptions: everything })).rejects.toThrow('subscribed');
  });
});

describe('signatures', () => {
  it('match the sample that HubSpot publishes', () => {
    const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
    const sample =
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
    expect(signatureV1(secret, sample)).toBe(
      '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de',
    );
  });
});
