import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { generatedWorld } from '../sandbox/data/generate.ts';
import { loadWorld } from '../sandbox/hubspot/load.ts';
import { Portal } from '../sandbox/hubspot/portal.ts';
import { startHubSpotSandbox } from '../sandbox/hubspot/server.ts';
import { WebhookEmitter } from '../sandbox/hubspot/webhook-emitter.ts';
import { systemClock } from '../src/lib/clock.ts';
import { Secret } from '../src/lib/secret.ts';
import { openStore } from '../src/store/open-store.ts';
import { startPostgres } from './calls/postgres.ts';
import { openServing } from './webhooks/serving.ts';
import { buyOne, Stopwatches } from './webhooks/shop.ts';

/**
 * From a won deal to the property in the portal: with the portal at rest, while everything is read
 * again, and how often a customer is rescored when all happens at once. `assay serve` runs as a
 * process of its own with a Postgres server as its store. Prints one JSON document.
 */
const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '100000' },
    deals: { type: 'string', default: '300000' },
    seconds: { type: 'string', default: '120' },
    'storm-events': { type: 'string', default: '10000' },
    'storm-customers': { type: 'string', default: '500' },
    'storm-minutes': { type: 'string', default: '5' },
  },
});
const [contacts, deals, seconds] = [values.contacts, values.deals, values.seconds].map(Number);
const storm = {
  events: Number(values['storm-events']),
  customers: Number(values['storm-customers']),
  minutes: Number(values['storm-minutes']),
};
const webhookSecret = 'bench-webhook-secret';

const world = generatedWorld({
  ...{ contacts: contacts ?? 0, deals: deals ?? 0, seed: 1 },
  until: new Date().toISOString().slice(0, 10),
});
const portal = new Portal({ companyCurrency: world.currency, timeZone: world.timeZone });
loadWorld(portal, world, { loadedAt: Date.now() - 86_400_000 });
const sandbox = await startHubSpotSandbox({ portal, limits: 'professional' });
const postgres = await startPostgres();
const port = await freePort();
const assay = await openServing({
  ...{ databaseUrl: postgres.url, port },
  settings: {
    ...{ baseUrl: sandbox.url, plan: 'professional', rateShare: 0.8 },
    auth: { kind: 'token', tokenEnv: 'HUBSPOT_TOKEN' },
    webhooks: { clientSecretEnv: 'HUBSPOT_CLIENT_SECRET' },
  },
  variables: { HUBSPOT_TOKEN: sandbox.token, HUBSPOT_CLIENT_SECRET: webhookSecret },
});
await assay.provision();
await assay.run();
const serving = await assay.serve();
const emitter = new WebhookEmitter(portal, {
  url: `${serving.url}/webhooks/main`,
  ...{ appId: '7007', clientSecret: webhookSecret },
  subscriptions: [
    { objectType: 'deal', action: 'creation' },
    { objectType: 'deal', action: 'associationChange' },
  ],
});
const ids = [...portal.objects.contacts.slotsFrom(0)].map(
  (slot) => portal.objects.contacts.at(slot).id,
);
const watches = new Stopwatches(portal);
let next = 0;

const quiet = await oneEachSecond(seconds ?? 0);
const underLoad = await loaded();
const stormed = await stormNow();
await serving.stop();
await emitter.stop();
const lost = await assay.run();
process.stdout.write(`${JSON.stringify({ quiet, underLoad, storm: { ...stormed, lost } })}\n`);
await sandbox.close();
await postgres.stop();

async function oneEachSecond(count: number) {
  for (let at = 0; at < count; at += 1) {
    next += 7;
    purchase(ids[next % ids.length] ?? 0);
    await sleep(1_000);
  }
  return await settled();
}

function purchase(contact: number): void {
  watches.start(contact);
  buyOne(portal, contact, 20 + (next % 500));
}

async function settled() {
  for (const end = performance.now() + 120_000; watches.open > 0 && performance.now() < end; )
    await sleep(250);
  return watches.takeQuantiles();
}

async function loaded() {
  const store = await openStore({
    databaseUrl: new Secret(postgres.url),
    folder: '',
    clock: systemClock,
  });
  await store.work.ask('main', { full: true }, new Date().toISOString());
  const measured = await oneEachSecond(seconds ?? 0);
  while ((await store.work.asked('main')) !== null) await sleep(1_000);
  await store.close();
  return measured;
}

async function stormNow() {
  watches.takeWrites();
  const some = ids.slice(0, storm.customers);
  const pauseMs = (storm.minutes * 60_000) / storm.events;
  const since = performance.now();
  for (let at = 0; at < storm.events; at += 1) {
    next += 1;
    purchase(some[Math.floor(Math.random() * some.length)] ?? 0);
    const early = since + at * pauseMs - performance.now();
    if (early > 5) await sleep(early);
  }
  // Who was rescored rests for a minute: only a longer silence is the end.
  let rescorings = 0;
  let endedAt = performance.now();
  for (let more = -1; more !== 0; ) {
    await sleep(75_000);
    more = watches.takeWrites();
    rescorings += more;
    if (more > 0) endedAt = watches.lastWriteAt;
  }
  watches.takeQuantiles();
  const minutes = Number(((endedAt - since) / 60_000).toFixed(2));
  const { events, customers } = storm;
  const perCustomerMinute = Number((rescorings / customers / minutes).toFixed(2));
  return { events, customers, rescorings, minutes, perCustomerMinute };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise<void>((done) => server.close(() => done()));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
