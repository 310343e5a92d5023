import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { loadWorld } from '../../../sandbox/zoho/load.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import { defaultClient, defaultToken } from '../../../sandbox/zoho/sandbox-options.ts';
import { startZohoSandbox } from '../../../sandbox/zoho/server.ts';
import { worldSettings } from '../../../sandbox/zoho/world-settings.ts';
import { deedNamed } from './hubspot-stand.ts';
import { betweenDaysMs, bornAt, bulkSize, cheapJobs, type OpenStand, worldSize } from './stand.ts';
import { play, startRecorder, type Take } from './tape.ts';
import { actInZoho } from './zoho-deeds.ts';

const dayMs = 86_400_000;

/** As long as a process takes to do something before it looks at its job for the second time. */
const jobMs = { queuedMs: 100, fixedMs: 300 };

// Rows by the hundred, as HubSpot's: else a base of this size is read at once.
const ways = {
  pages: { size: worldSize, settings: { bulkRead: false, bulkWrite: false }, hasJobs: false },
  bulk: { size: bulkSize, settings: { bulkPollMs: 10, ...cheapJobs }, hasJobs: true },
} as const;

/** A Zoho CRM org whose lists are tags, read and written by pages. */
export const openZohoStand: OpenStand = (from) => openStand(ways.pages, from);

/** The same, read and written by bulk jobs, which go on when the process that made them is killed. */
export const openZohoBulkStand: OpenStand = (from) => openStand(ways.bulk, from);

async function openStand(
  way: (typeof ways)['pages' | 'bulk'],
  from: Parameters<OpenStand>[0],
): ReturnType<OpenStand> {
  const world = generatedWorld(way.size);
  const time = { at: bornAt };
  const clock = new AdjustableClock(() => time.at);
  const { currency: homeCurrency, timeZone } = world;
  const org = new Org({ clock: clock.now, homeCurrency, timeZone });
  loadWorld(org, world, { loadedAt: bornAt - dayMs });
  const sandbox = await startZohoSandbox({ org, clock, bulkWrite: { jobMs } });
  const tape: Take[] = [...from];
  const act = (name: string) => actInZoho(org, world, deedNamed(name));
  const setClock = (at: number) => {
    time.at = at;
  };
  const authorization = `Zoho-oauthtoken ${defaultToken.token}`;
  await play(from, { target: sandbox.url, authorization, setClock, act });
  const flow = flowOf((ms) => setClock(time.at + (way.hasJobs ? ms : 0)));
  const recorder = await startRecorder({
    target: sandbox.url,
    now: clock.now,
    tick: (ms) => {
      setClock(time.at + ms);
      flow.go();
    },
    take: (take) => tape.push(take),
  });
  const { url } = recorder;
  return {
    crm: 'zoho',
    settings: {
      auth: {
        clientIdEnv: 'ZOHO_ID',
        clientSecretEnv: 'ZOHO_SECRET',
        refreshTokenEnv: 'ZOHO_REFRESH',
      },
      ...{ accountsUrl: url, apiUrl: url, contentUrl: url, concurrencyShare: 1, lookbackMs: 0 },
      ...{ ...way.settings, coqlRows: 100, lists: 'tags', fields: worldSettings },
    },
    variables: {
      ZOHO_ID: defaultClient.clientId,
      ZOHO_SECRET: defaultClient.clientSecret,
      ZOHO_REFRESH: defaultClient.refreshToken ?? '',
    },
    act: (name) => {
      setClock(time.at + betweenDaysMs);
      tape.push({ kind: 'deeds', at: time.at, name });
      const hints = act(name);
      setClock(time.at + betweenDaysMs);
      tape.push({ kind: 'time', at: time.at });
      return hints;
    },
    tape: () => [...tape],
    takeWrites: () => {
      const counts = writesIn(org);
      org.writes.reset();
      return counts;
    },
    picture: () => pictureOf(org),
    close: async () => {
      flow.stop();
      await recorder.close();
      await sandbox.close();
    },
  };
}

const flowMs = 20;
/** A process that makes no call for so long is none any more. */
const goneMs = 1_000;

/** Time passes for jobs while somebody waits for them, and stands still when nobody does. */
function flowOf(pass: (ms: number) => void) {
  let [called, passed] = [Number.NEGATIVE_INFINITY, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - called < goneMs) pass(Math.round(now - passed));
    passed = now;
  }, flowMs).unref();
  return {
    go: () => {
      called = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}

/** Of records; a tag that a record has already is nothing a second time. */
function writesIn(org: Org): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { module, endpoint, ids } of org.writes.all()) {
    if (endpoint.includes('tags')) continue;
    for (const id of ids) counts[`${module} ${id}`] = (counts[`${module} ${id}`] ?? 0) + 1;
  }
  return counts;
}

/** Every customer's fields and tags. */
export function pictureOf(org: Org): Readonly<Record<string, unknown>> {
  const picture: Record<string, unknown> = {};
  for (const { id, values, tags } of org.records.Contacts.byId())
    picture[`contact ${id}`] = {
      ...Object.fromEntries(Object.entries(values).toSorted()),
      tags: tags.toSorted(),
    };
  return picture;
}
