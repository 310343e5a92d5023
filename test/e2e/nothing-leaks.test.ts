import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { usualSubscriptions } from '../../sandbox/hubspot/webhook-subscription.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openEngine } from '../../src/store/open-engine.ts';
import { openWorkplace, sandboxConfig, type Workplace } from '../cli/run-assay.ts';

/** Each is found by a search for it wherever it went. */
const secrets = {
  HUBSPOT_APP: 'planted-client-secret-8a51',
  ASSAY_SECRET_KEY: 'f00dfeed'.repeat(8),
  ASSAY_METRICS_TOKEN: 'planted-metrics-token-77c2',
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=planted-collector-token-1c9e',
};
const alertPath = '/services/planted-alert-address-5d03';
const wrongToken = 'pat-na1-planted-wrong-token';
const person = {
  email: 'planted.person@example.net',
  firstName: 'Plantedine',
  lastName: 'Leakworthy',
  phone: '+44 7700 900461',
};

type Said = { readonly by: string; readonly out: string; readonly logs: string };
type Seen = { readonly by: string; readonly body: string };

let place: Workplace;
let sandbox: HubSpotSandbox;
let listener: Server;
const said: Said[] = [];
const seen: Seen[] = [];
let hubspotToken = '';
let accessToken = '';

function variables(): Record<string, string> {
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  return {
    ...secrets,
    HUBSPOT_TOKEN: hubspotToken,
    ...(accessToken !== '' && { ASSAY_TOKEN: accessToken }),
    ASSAY_ALERT_URL: `${url}${alertPath}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    LOG_LEVEL: 'debug',
  };
}

async function assay(...args: readonly string[]) {
  const { code, stdout, stderr } = await place.assay(args, variables());
  said.push({ by: args.join(' '), out: stdout, logs: stderr });
  return { code, stdout, stderr };
}

/** A life of a connection with all that speaks: commands, errors, webhooks, metrics, alerts, traces. */
async function live(): Promise<void> {
  const granted = await place.assay(
    ['access', 'grant', 'ada', '--role', 'admin', '--json'],
    variables(),
  );
  expect(granted.code, granted.stderr).toBe(0);
  accessToken = JSON.parse(granted.stdout).token;
  said.push({ by: 'access grant', out: '', logs: granted.stderr });
  expect((await assay('provision', '--json')).code).toBe(0);
  expect((await assay('run', '--full', '--json')).code).toBe(0);
  await assay('doctor');
  await assay('plan', '--json');
  const rightToken = hubspotToken;
  hubspotToken = wrongToken;
  expect((await assay('run', '--json')).code).toBe(4);
  hubspotToken = rightToken;
}

async function serve(buy: () => unknown): Promise<void> {
  const service = place.start(['serve', '--port', '0', '--json'], variables());
  await until(() => service.stdout().includes('\n'));
  const { url } = JSON.parse(service.stdout());
  await sandbox.webhooks.point({
    ...{ url: `${url}/webhooks/main`, appId: '55', clientSecret: secrets.HUBSPOT_APP },
    ...{ subscriptions: usualSubscriptions, gatherMs: 10, retryMs: 500 },
  });
  const before = sandbox.calls.report().kinds.write;
  buy();
  await until(() => sandbox.calls.report().kinds.write > before);
  const forged = JSON.stringify([{ objectId: 1, email: person.email }]);
  await fetch(`${url}/webhooks/main`, { method: 'POST', body: forged });
  for (const path of ['/healthz', '/readyz', '/metrics', `/webhooks/${person.email}`]) {
    const authorization = `Bearer ${secrets.ASSAY_METRICS_TOKEN}`;
    const answer = await fetch(`${url}${path}`, { headers: { authorization } });
    if (!path.startsWith('/webhooks')) seen.push({ by: path, body: await answer.text() });
  }
  sandbox.tokens.revoke(hubspotToken);
  buy();
  await until(() => seen.some(({ by }) => by === 'alert'));
  service.terminate();
  const { stdout, stderr } = await service.ended;
  said.push({ by: 'serve', out: stdout, logs: stderr });
}

beforeAll(async () => {
  listener = createServer(async (req, res) => {
    const by = req.url === alertPath ? 'alert' : 'traces';
    seen.push({ by, body: await text(req) });
    res.end('{}');
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  place = openWorkplace();
  const portal = new Portal({ companyCurrency: 'GBP', timeZone: 'Europe/London' });
  const world = generatedWorld({ contacts: 60, deals: 200, seed: 3 });
  const customers = [...world.customers].map((one, at) => (at === 0 ? { ...one, ...person } : one));
  loadWorld(portal, { ...world, customers }, { loadedAt: Date.now() - 7_200_000 });
  sandbox = await startHubSpotSandbox({ portal });
  hubspotToken = sandbox.token;
  place.writeConfig(
    sandboxConfig(sandbox.url, '      webhooks: { clientSecretEnv: HUBSPOT_APP }\n'),
  );
  await live();
  const today = new Date().toISOString().slice(0, 10);
  let seed = 0;
  await serve(() => {
    seed += 1;
    buyOn(portal, world, { day: today, share: 0.2, seed });
  });
  await assay('audit', 'list', '--json', '--limit', '10000');
  expect((await assay('audit', 'verify', '--deep')).code).toBe(0);
  await assay('audit', 'export', '--out', 'log.jsonl');
}, 600_000);

afterAll(async () => {
  await sandbox.close();
  listener.close();
  place.remove();
});

function everySecret(): readonly string[] {
  const [, collector = ''] = secrets.OTEL_EXPORTER_OTLP_HEADERS.split('=');
  const { HUBSPOT_APP, ASSAY_SECRET_KEY, ASSAY_METRICS_TOKEN } = secrets;
  const given = [HUBSPOT_APP, ASSAY_SECRET_KEY, ASSAY_METRICS_TOKEN, collector, alertPath];
  return [...given, sandbox.token, wrongToken, accessToken];
}

const personal = Object.values(person);

/** Who says any of these. */
function tellers(all: readonly Seen[], words: readonly string[]): readonly string[] {
  return all.flatMap(({ by, body }) =>
    words.filter((word) => body.includes(word)).map((word) => `${by}: ${word}`),
  );
}

const logs = () => said.map(({ by, logs: body }) => ({ by, body }));
const outs = () => said.map(({ by, out: body }) => ({ by, body }));

/** Each table as text. */
async function tables(): Promise<readonly Seen[]> {
  const folder = join(place.folder, '.assay');
  const engine = await openEngine({ databaseUrl: null, folder, clock: systemClock });
  try {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(engine.db);
    const all: Seen[] = [];
    for (const { name } of rows) {
      const found = await sql<{ body: string | null }>`
        select string_agg(t::text, ' ') as body from ${sql.table(name)} t`.execute(engine.db);
      all.push({ by: name, body: found.rows[0]?.body ?? '' });
    }
    return all;
  } finally {
    await engine.close();
  }
}

describe('after a whole life with everything at its most talkative', () => {
  it('all that can speak has spoken', () => {
    expect(said.length).toBeGreaterThan(8);
    expect(logs().some(({ body }) => body.includes('apply.batch'))).toBe(true);
    for (const by of ['alert', 'traces', '/healthz', '/metrics'])
      expect(seen.map((one) => one.by)).toContain(by);
  });

  it('no log, answer, metric, trace or alert has a secret', () => {
    expect(tellers([...logs(), ...outs(), ...seen], everySecret())).toEqual([]);
  });

  it('no log, metric, trace, alert or audit row says who anybody is', () => {
    const audit = outs().filter(({ by }) => by.startsWith('audit'));
    const file = readFileSync(join(place.folder, 'log.jsonl'), 'utf8');
    const all = [...logs(), ...seen, ...audit, { by: 'log.jsonl', body: file }];
    expect(tellers(all, personal)).toEqual([]);
    const forPeople = outs().filter(({ by }) => /^(run|plan|doctor)/.test(by));
    expect(tellers(forPeople, personal)).toEqual([]);
  });

  it('the store has no secret in clear, and a person in the one table for it', async () => {
    const all = await tables();
    expect(tellers(all, everySecret())).toEqual([]);
    const about = new Set(tellers(all, personal).map((found) => found.split(':')[0]));
    expect([...about]).toEqual(['customers']);
  });

  it('nor has any of its files', () => {
    const folder = join(place.folder, '.assay');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const all = files.map((by) => ({ by, body: readFileSync(by, 'latin1') }));
    expect(all.length).toBeGreaterThan(10);
    expect(tellers(all, everySecret())).toEqual([]);
  });
});

async function until(isReached: () => boolean): Promise<void> {
  for (const end = Date.now() + 180_000; !isReached(); ) {
    if (Date.now() > end) throw new Error('It never came so far');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
