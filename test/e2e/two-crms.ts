import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../sandbox/data/world.ts';
import { loadWorld as loadHubSpot } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import {
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
  startHubSpotSandbox,
} from '../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';
import { loadWorld as loadZoho } from '../../sandbox/zoho/load.ts';
import { Org } from '../../sandbox/zoho/org.ts';
import type { OrgOptions } from '../../sandbox/zoho/org-options.ts';
import { defaultClient, type ZohoSandboxOptions } from '../../sandbox/zoho/sandbox-options.ts';
import { startZohoSandbox, type ZohoSandbox } from '../../sandbox/zoho/server.ts';
import { worldSettings } from '../../sandbox/zoho/world-settings.ts';
import { type App, type Edge, openApp } from '../../src/app.ts';
import type { Config, ConnectionConfig } from '../../src/config/config.ts';
import { secretsFrom } from '../../src/config/secrets.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import type { WriteSettings } from '../../src/domain/write-settings.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { RunContext } from '../../src/run/context.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import type { RunReport } from '../../src/run/report.ts';
import { pullConnection, runConnection } from '../../src/run/run-connection.ts';
import { explain } from '../../src/score/explain.ts';
import { policy } from '../score/default-policy.ts';
import { emptyStore } from '../store/empty-store.ts';

export type TwoCrmsOptions = {
  readonly hubspot?: { readonly world?: World; readonly sandbox?: HubSpotSandboxOptions };
  readonly zoho?: {
    readonly world?: World;
    readonly org?: Partial<OrgOptions>;
    readonly sandbox?: ZohoSandboxOptions;
    readonly settings?: Readonly<Record<string, unknown>>;
  };
  readonly identity?: Config['identity'];
  /** Of both connections. Default: none is given. */
  readonly writes?: WriteSettings;
};

export type CrmName = 'hubspot' | 'zoho';

/** The same world in a HubSpot portal and in a Zoho org, and one Assay connected to both. */
export type TwoCrms = {
  readonly app: App;
  readonly sandboxes: { readonly hubspot: HubSpotSandbox; readonly zoho: ZohoSandbox };
  /** Opens a connection as a process of its own would, works, closes it. */
  readonly connected: <T>(
    crm: CrmName,
    work: (ctx: RunContext) => Promise<T>,
    edge?: Partial<Edge>,
  ) => Promise<T>;
  readonly run: (crm: CrmName, asOf: string) => Promise<RunReport>;
  /** Only reads. */
  readonly pull: (crm: CrmName) => Promise<RunReport>;
  /** Everything that was scored of a customer, with its reasons in words, by its external id. */
  readonly told: (crm: CrmName) => Promise<ReadonlyMap<string, unknown>>;
  readonly close: () => Promise<void>;
};

/** Retries at once: the sandboxes' faults pass by themselves. */
const impatient = { now: systemClock.now, sleep: async () => undefined };
const dayMs = 86_400_000;

export async function openTwoCrms(world: World, options: TwoCrmsOptions = {}): Promise<TwoCrms> {
  const hubspot = await startHubSpot(options.hubspot?.world ?? world, options.hubspot?.sandbox);
  const zoho = await startZoho(options.zoho?.world ?? world, options.zoho ?? {});
  const folder = await mkdtemp(join(tmpdir(), 'assay-two-'));
  await emptyStore(folder);
  const app = await openApp({
    config: {
      store: { kind: 'folder', folder },
      policyFile: '',
      secretKey: null,
      identity: options.identity ?? [],
      secrets: secretsFrom({
        ...{ HUBSPOT: hubspot.token, ZOHO_ID: defaultClient.clientId },
        ZOHO_SECRET: defaultClient.clientSecret,
        ZOHO_REFRESH: defaultClient.refreshToken ?? '',
      }),
      connections: [
        connection('hubspot', options.writes, {
          ...{ token: 'HUBSPOT', baseUrl: hubspot.url, settleMs: 0, lookbackMs: 0 },
          ...{ plan: 'enterprise', rateShare: 1 },
        }),
        connection('zoho', options.writes, {
          auth: {
            ...{ clientIdEnv: 'ZOHO_ID', clientSecretEnv: 'ZOHO_SECRET' },
            refreshTokenEnv: 'ZOHO_REFRESH',
          },
          ...{ accountsUrl: zoho.url, apiUrl: zoho.url, contentUrl: zoho.url },
          ...{ fields: worldSettings, bulkPollMs: 10 },
          ...options.zoho?.settings,
        }),
      ],
    },
    ...{ policy, clock: impatient, log: silentLogger },
  });
  return {
    app,
    sandboxes: { hubspot, zoho },
    connected: async (crm, work, edge) => await connected(app, crm, work, edge),
    run: async (crm, asOf) => await connected(app, crm, (ctx) => runOnce(ctx, asOf)),
    pull: async (crm) => await connected(app, crm, (ctx) => pullConnection(ctx, { full: false })),
    told: async (crm) => await connected(app, crm, toldOf),
    close: async () => {
      await app.close();
      await Promise.all([hubspot.close(), zoho.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startHubSpot(world: World, sandbox: HubSpotSandboxOptions = {}) {
  const clock = new AdjustableClock();
  const { currency: companyCurrency, timeZone } = world;
  const portal = new Portal({ clock: clock.now, companyCurrency, timeZone });
  loadHubSpot(portal, world, { loadedAt: clock.now() - dayMs });
  return await startHubSpotSandbox({ portal, clock, ...sandbox });
}

async function startZoho(world: World, options: NonNullable<TwoCrmsOptions['zoho']>) {
  const clock = new AdjustableClock();
  const { currency: homeCurrency, timeZone } = world;
  const org = new Org({ clock: clock.now, homeCurrency, timeZone, ...options.org });
  loadZoho(org, world, { loadedAt: clock.now() - dayMs });
  return await startZohoSandbox({ org, clock, ...options.sandbox });
}

function connection(
  crm: CrmName,
  writes: WriteSettings | undefined,
  settings: ConnectionConfig['settings'],
): ConnectionConfig {
  return {
    ...(writes === undefined ? {} : { writes }),
    ...{ id: crm, crm, settings },
    ...{ subject: 'contact', attribution: 'split', language: 'en' },
  };
}

async function connected<T>(
  app: App,
  crm: CrmName,
  work: (ctx: RunContext) => Promise<T>,
  edge: Partial<Edge> = {},
): Promise<T> {
  const { signal } = new AbortController();
  const opened = await app.openConnection(crm, { progress: silentProgress, signal, ...edge });
  try {
    return await work(opened.context);
  } finally {
    await opened.close();
  }
}

async function runOnce(ctx: RunContext, asOf: string): Promise<RunReport> {
  await provisionConnection(ctx, { remove: false, rebuildDeletedLists: false });
  return await runConnection(ctx, { full: false, asOf });
}

async function toldOf({ store, connection: crm, population }: RunContext) {
  const limit = 10_000;
  const page = { after: null, limit } as const;
  const customers = await store.records.page(crm, { ...page, whom: 'all' });
  const numbers = new Map(customers.map(({ customer }) => [customer.id, customer.externalId]));
  const cuts = await store.scores.cutPoints(population.id);
  const scores = await store.scores.page(crm, page);
  const rows = scores.map(({ score }) => {
    const { customerId } = score;
    // The CRM's id is all that may differ.
    const id = numbers.get(customerId) ?? customerId;
    const said = { ...score, customerId: id, signals: { ...score.signals, customerId: id } };
    return [id, { said, words: explain(said, policy, cuts, 'en') }] as const;
  });
  return new Map(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
