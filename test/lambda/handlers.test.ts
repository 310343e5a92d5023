import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { usualSubscriptions } from '../../sandbox/hubspot/webhook-subscription.ts';
import { openWorkplace, type Workplace } from '../cli/run-assay.ts';
import { callerOf } from '../sandbox/hubspot/caller.ts';
import { startServer } from '../store/embedded-server.ts';
import { startAlertInbox, startHttpApi, takeBatch } from './aws-events.ts';
import { type Container, layTask, startContainer } from './container.ts';

const clientSecret = 'client-secret-of-the-app';
const account = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 't', AWS_SECRET_ACCESS_KEY: 't' };

const world = generatedWorld({ contacts: 40, deals: 160, seed: 7 });

let place: Workplace;
let server: Awaited<ReturnType<typeof startServer>>;
let aws: FauxqsServer;
let sqs: SQSClient;
let sandbox: HubSpotSandbox;
let variables: Record<string, string>;
let alerts: Awaited<ReturnType<typeof startAlertInbox>>;
let httpApi: Awaited<ReturnType<typeof startHttpApi>>;
const functions = new Map<string, Container>();

/** AWS on this machine: the three bundles, an HTTP API, SQS and a Postgres server. */
beforeAll(async () => {
  const portal = new Portal({ companyCurrency: world.currency, timeZone: world.timeZone });
  loadWorld(portal, world, { loadedAt: Date.now() - 7_200_000 });
  sandbox = await startHubSpotSandbox({ portal });
  server = await startServer();
  aws = await startFauxqs({ port: 0, logger: false });
  alerts = await startAlertInbox();
  for (const name of ['work.fifo', 'dead.fifo'])
    aws.createQueue(name, { attributes: { FifoQueue: 'true' } });
  place = openWorkplace();
  await layTask(place.folder, configOf(sandbox.url));
  const secrets = {
    DATABASE_URL: (await server.database('lambda')).reveal(),
    HUBSPOT_TOKEN: sandbox.token,
    HUBSPOT_APP: clientSecret,
    ASSAY_ALERT_URL: alerts.url,
  };
  httpApi = await startHttpApi((event) => functionNamed('api').invoke(event));
  variables = {
    ...{ ...account, AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${aws.port}` },
    ...{ PATH: process.env['PATH'] ?? '', ASSAY_PUBLIC_URL: httpApi.url },
    ...{ ASSAY_SECRETS: JSON.stringify(secrets) },
    ...{ ASSAY_SQS_QUEUE_URL: queue('work'), ASSAY_SQS_DEAD_LETTER_URL: queue('dead') },
  };
  sqs = new SQSClient({
    ...{ region: 'us-east-1', endpoint: `http://127.0.0.1:${aws.port}` },
    ...{ credentials: { accessKeyId: 't', secretAccessKey: 't' }, useQueueUrlAsEndpoint: false },
  });
  for (const name of ['api', 'scheduled', 'worker'] as const)
    functions.set(name, await startContainer(name, place.folder, variables));
});

afterAll(async () => {
  for (const one of functions.values()) await one.stop();
  await httpApi.close();
  alerts.close();
  await sandbox.close();
  await aws.stop();
  await server.stop();
  place.remove();
});

function configOf(url: string): string {
  return `connections:
  main:
    crm: hubspot
    settings:
      token: HUBSPOT_TOKEN
      baseUrl: ${url}
      webhooks: { clientSecretEnv: HUBSPOT_APP }
`;
}

function queue(name: 'work' | 'dead'): string {
  return `http://127.0.0.1:${aws.port}/000000000000/${name}.fifo`;
}

function functionNamed(name: string): Container {
  const found = functions.get(name);
  if (found === undefined) throw new Error(`${name} does not run`);
  return found;
}

/** As the event source does: batches until nothing is left. @returns all that failed. */
async function workAll(): Promise<readonly unknown[]> {
  const failed: unknown[] = [];
  for (;;) {
    const batch = await takeBatch(sqs, queue('work'));
    if (batch === null) return failed;
    const answer = await functionNamed('worker').invoke(batch);
    failed.push(
      ...z.object({ batchItemFailures: z.array(z.unknown()) }).parse(answer).batchItemFailures,
    );
  }
}

const contacts = z.object({
  results: z.array(
    z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()) }),
  ),
});

/** Orders that each contact is said to have, in the portal. */
async function ordersInPortal(): Promise<ReadonlyMap<string, string>> {
  const call = callerOf(sandbox.url, sandbox.token);
  const path = '/crm/objects/2026-03/contacts?limit=100&properties=assay_orders';
  const { results } = contacts.parse((await call('GET', path)).body);
  return new Map(results.map(({ id, properties }) => [id, properties['assay_orders'] ?? '']));
}

describe('the bundles, as Lambda runs them', { timeout: 120_000 }, () => {
  it('are alive and ready', async () => {
    const alive = await fetch(`${httpApi.url}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'alive' }]);
    const ready = await fetch(`${httpApi.url}/readyz`);
    expect([ready.status, await ready.json()], functionNamed('api').logged()).toEqual([
      200,
      { status: 'ready' },
    ]);
    expect(ready.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('work on what came due: the first run writes to the whole portal', async () => {
    const provisioned = await place.assay(['provision'], variables);
    expect(provisioned.code, provisioned.stderr).toBe(0);
    expect(await functionNamed('scheduled').invoke({ task: 'tick' })).toBeNull();
    expect(await workAll()).toEqual([]);
    const orders = await ordersInPortal();
    expect(
      [...orders.values()].filter((count) => Number(count) > 0).length,
      logs(),
    ).toBeGreaterThan(20);
  });

  it('ask once for what came due, and again for what a queue forgot', async () => {
    await functionNamed('scheduled').invoke({ task: 'tick' });
    await functionNamed('scheduled').invoke({ task: 'ask-waiting' });
    expect(await takeBatch(sqs, queue('work'))).toBeNull();
  });

  it('take a webhook, and rescore whom it speaks of', async () => {
    const before = await ordersInPortal();
    const url = `${httpApi.url}/webhooks/main`;
    await sandbox.webhooks.point({
      ...{ url, appId: '55', clientSecret, subscriptions: usualSubscriptions },
      ...{ gatherMs: 2, retryMs: 20 },
    });
    const bought = buyOn(sandbox.portal, world, { day: '2026-11-22', share: 0.1, seed: 3 });
    await sandbox.webhooks.settle();
    expect(await workAll()).toEqual([]);
    const after = await ordersInPortal();
    const changed = [...after].filter(([id, count]) => before.get(id) !== count);
    expect(changed.length, logs()).toBeGreaterThan(0);
    expect(changed.length).toBeLessThanOrEqual(bought.length);
  });

  it('refuse a webhook that nobody signed, with a body that says why', async () => {
    const answer = await fetch(`${httpApi.url}/webhooks/main`, { method: 'POST', body: '[]' });
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'WEBHOOK_UNPROVEN' }]);
    const nowhere = await fetch(`${httpApi.url}/webhooks/none`, { method: 'POST', body: '[]' });
    expect(nowhere.status).toBe(404);
  });

  it('bury what is no message of ours, and have told so before they are frozen', async () => {
    await sqs.send(
      new SendMessageCommand({
        ...{ QueueUrl: queue('work'), MessageBody: 'no JSON' },
        ...{ MessageGroupId: 'stranger', MessageDeduplicationId: 'one' },
      }),
    );
    expect(await workAll()).toEqual([]);
    expect(aws.inspectQueue('dead.fifo')?.messages.ready).toHaveLength(1);
    expect(alerts.taken).toEqual([expect.stringContaining('MESSAGE_UNREADABLE')]);
  });

  it('give a message back when no time is left to work on it', async () => {
    await sqs.send(
      new SendMessageCommand({
        ...{ QueueUrl: queue('work'), MessageGroupId: 'main', MessageDeduplicationId: 'late' },
        MessageBody: JSON.stringify({ connection: 'main', reason: 'manual' }),
      }),
    );
    const batch = await takeBatch(sqs, queue('work'));
    const ids = batch?.Records.map(({ messageId }) => ({ itemIdentifier: messageId }));
    expect(await functionNamed('worker').invoke(batch, 20_000)).toEqual({ batchItemFailures: ids });
    expect(await workAll()).toEqual([]);
  });

  it('take an event after they were frozen, and the database closed their connections meanwhile', async () => {
    const ready = async () => (await fetch(`${httpApi.url}/readyz`)).status;
    expect(await ready()).toBe(200);
    functionNamed('api').freeze();
    const client = server.client('lambda');
    await client.connect();
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'assay'",
    );
    await client.end();
    await new Promise((done) => setTimeout(done, 10_500));
    expect(await ready(), functionNamed('api').logged()).toBe(200);
  });

  it('log one event a line, and no secret', () => {
    const lines = logs().trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('msg');
    expect(logs()).not.toMatch(new RegExp(`${clientSecret}|${sandbox.token}|assay:assay`));
  });
});

describe('a bundle whose environment is wrong', { timeout: 60_000 }, () => {
  it('says so, and starts once it is right', async () => {
    const { ASSAY_SECRETS: _secrets, ...some } = variables;
    const bare = await startContainer('scheduled', place.folder, some);
    await expect(bare.invoke({ task: 'tick' })).rejects.toThrow(/a Lambda needs DATABASE_URL/);
    await bare.stop();
    const broken = await startContainer('scheduled', place.folder, {
      ...some,
      ASSAY_SECRETS: '{"a":hunter2',
    });
    await expect(broken.invoke({ task: 'tick' })).rejects.toThrow(
      /^ENVIRONMENT_INVALID .*ASSAY_SECRETS is no JSON object of texts$/,
    );
    await broken.stop();
  });
});

function logs(): string {
  return [...functions.values()].map(({ logged }) => logged()).join('');
}
