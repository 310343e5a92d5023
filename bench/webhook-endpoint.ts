import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { connectors } from '../connectors/registry.ts';
import { httpApp } from '../src/http/http-app.ts';
import { listen } from '../src/http/listen.ts';
import { memoryQueue } from '../src/jobs/memory-queue.ts';
import { defaultRetryRules } from '../src/jobs/verdict.ts';
import { systemClock } from '../src/lib/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import { Secret } from '../src/lib/secret.ts';
import { openStore } from '../src/store/open-store.ts';

/**
 * `npm run bench:endpoint`: HubSpot deliveries over loopback, each signed, verified, kept in PGlite and
 * told to the queue: requests a second, p50 and p99; beside them deliveries whose signature is wrong, and
 * of a hundred events. Prints JSON. `--seconds 5` for how long each is measured.
 */
const seconds = Number(process.argv[process.argv.indexOf('--seconds') + 1]) || 10;
const secret = 'client-secret';
const portalId = 4711;
let eventId = 0;

type Load = { readonly events: number; readonly by: string; readonly connections: number };
const loads: Readonly<Record<string, Load>> = {
  signed: { events: 1, by: secret, connections: 10 },
  hundredEvents: { events: 100, by: secret, connections: 10 },
  unproven: { events: 1, by: 'guessed', connections: 10 },
};

const folder = await mkdtemp(join(tmpdir(), 'assay-endpoint-'));
const store = await openStore({ databaseUrl: null, folder, clock: systemClock });
await store.connections.bind('main', {
  ...{ crm: 'hubspot', accountId: String(portalId), subject: 'contact' },
});
const { url, close } = await listen(app(), { host: '127.0.0.1', port: 0 });
const figures = new Map<string, object>();
for (const [name, load] of Object.entries(loads)) figures.set(name, await measure(load));
const [waiting] = await store.inbox.waiting();
const kept = { hints: waiting?.hints ?? 0, records: waiting?.records ?? 0 };
process.stdout.write(
  `${JSON.stringify({ seconds, node: process.version, ...Object.fromEntries(figures), kept })}\n`,
);
await close();
await store.close();
await rm(folder, { recursive: true, force: true });

function app() {
  const receiver = connectors.get('hubspot')?.webhooks;
  if (receiver == null) throw new Error('HubSpot has no webhooks');
  const settings = { token: 'TOKEN', webhooks: { clientSecretEnv: 'SECRET' } };
  const secrets = new Map([['SECRET', new Secret(secret)]]);
  const plenty = { perSecond: 1_000_000, burst: 1_000_000 };
  return httpApp({
    connections: [
      {
        ...{ connection: 'main', crm: 'hubspot', receiver },
        input: { settings, secrets, subject: 'contact' },
      },
    ],
    ...{ store, clock: systemClock, log: silentLogger, publicUrl: null },
    queue: memoryQueue({ rules: defaultRetryRules, clock: systemClock, log: silentLogger }),
    channelToken: async () => null,
    pathSecret: () => null,
    limits: { perAddress: plenty, perConnection: plenty },
  });
}

async function measure({ events, by, connections }: Load) {
  const address = `${url}/webhooks/main`;
  const result = await autocannon({
    ...{ url: address, connections, duration: seconds, method: 'POST' },
    requests: [{ setupRequest: (request) => ({ ...request, ...signed(address, events, by) }) }],
  });
  const { latency, requests } = result;
  return {
    ...{ connections, eventsEach: events, requestsPerSecond: Math.round(requests.average) },
    ...{ p50Ms: latency.p50, p99Ms: latency.p99, maxMs: latency.max },
    ...{ ok: result['2xx'], refused: result.non2xx, errors: result.errors },
  };
}

function signed(address: string, events: number, by: string) {
  const body = JSON.stringify(Array.from({ length: events }, anEvent));
  const time = String(Date.now());
  const signature = createHmac('sha256', by).update(`POST${address}${body}${time}`);
  const headers = {
    ...{ 'content-type': 'application/json', 'x-hubspot-request-timestamp': time },
    'x-hubspot-signature-v3': signature.digest('base64'),
  };
  return { headers, body };
}

function anEvent() {
  eventId += 1;
  return {
    ...{ eventId, subscriptionId: 1, portalId, occurredAt: Date.now(), attemptNumber: 0 },
    ...{ subscriptionType: 'deal.propertyChange', objectId: 1_000 + (eventId % 5_000) },
    ...{ propertyName: 'dealstage', propertyValue: 'closedwon', changeSource: 'CRM_UI' },
  };
}
