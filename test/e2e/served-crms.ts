import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../sandbox/data/world.ts';
import { loadWorld as loadHubSpot } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { usualSubscriptions } from '../../sandbox/hubspot/webhook-subscription.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';
import { loadWorld as loadZoho } from '../../sandbox/zoho/load.ts';
import { Org } from '../../sandbox/zoho/org.ts';
import { defaultClient } from '../../sandbox/zoho/sandbox-options.ts';
import { startZohoSandbox, type ZohoSandbox } from '../../sandbox/zoho/server.ts';
import { worldSettings } from '../../sandbox/zoho/world-settings.ts';
import type { Config, ConnectionConfig } from '../../src/config/config.ts';
import { scheduleSchema } from '../../src/config/schedule-schema.ts';
import { secretsFrom } from '../../src/config/secrets.ts';
import { defaultWrites, type WriteSettings } from '../../src/domain/write-settings.ts';
import { Secret } from '../../src/lib/secret.ts';
import { freePort } from './free-port.ts';

export type CrmName = 'hubspot' | 'zoho';

/** A portal and an org that tell what happens in them, badly, and how Assay is set up for them. */
export type ServedCrms = {
  readonly hubspot: HubSpotSandbox;
  readonly zoho: ZohoSandbox;
  readonly port: number;
  /** With a store of its own. */
  readonly config: (store: string) => Config;
  /** HubSpot's app has its address; Zoho is told it by Assay. */
  readonly tell: () => Promise<void>;
  /** Until everything that happened is told, or lost. */
  readonly told: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const dayMs = 86_400_000;
const appId = '4242';
const clientSecret = 'client-secret-of-the-app';
const key = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
/** A fifth never comes, a fifth comes twice, half in no order, all late. */
const badly = { losses: 0.2, duplicates: 0.2, reordering: 0.5, delayMs: 150 } as const;

export async function openServedCrms(
  world: World,
  now: () => number,
  schedule: object,
): Promise<ServedCrms> {
  const hubspot = await startHubSpot(world, now);
  const zoho = await startZoho(world, now);
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'assay-served-'));
  return {
    ...{ hubspot, zoho, port },
    config: (store) => ({
      ...{ store: { kind: 'folder', folder: join(folder, store) }, policyFile: '', publicUrl },
      secretKey: new Secret(key),
      connections: connectionsOf(hubspot.url, zoho.url, schedule),
      secrets: secretsFrom({
        ...{ HUBSPOT: hubspot.token, HUBSPOT_APP: clientSecret },
        ...{ ZOHO_ID: defaultClient.clientId, ZOHO_SECRET: defaultClient.clientSecret },
        ZOHO_REFRESH: defaultClient.refreshToken ?? '',
      }),
    }),
    tell: async () =>
      await hubspot.webhooks.point({
        ...{ url: `${publicUrl}/webhooks/hubspot`, appId, clientSecret },
        ...{ subscriptions: usualSubscriptions, gatherMs: 20, retryMs: 20, ...badly },
      }),
    told: async () => {
      await hubspot.webhooks.settle();
      await zoho.emitter.settle();
    },
    close: async () => {
      await Promise.all([hubspot.close(), zoho.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startHubSpot(world: World, now: () => number): Promise<HubSpotSandbox> {
  const clock = new AdjustableClock(now);
  const { currency: companyCurrency, timeZone } = world;
  const options = { clock: clock.now, companyCurrency, timeZone, indexLagMs: 10_000 };
  const portal = new Portal(options);
  loadHubSpot(portal, world, { loadedAt: clock.now() - dayMs });
  return await startHubSpotSandbox({ portal, clock, tokens: [{ token: 'pat-assay', appId }] });
}

async function startZoho(world: World, now: () => number): Promise<ZohoSandbox> {
  const clock = new AdjustableClock(now);
  const { currency: homeCurrency, timeZone } = world;
  const org = new Org({ clock: clock.now, homeCurrency, timeZone, indexLagMs: 10_000 });
  loadZoho(org, world, { loadedAt: clock.now() - dayMs });
  return await startZohoSandbox({ org, clock, watch: { ...badly, gatherMs: 20 } });
}

/** So much happens in their one day that the brake would ask: what it does is told elsewhere. */
const writes: WriteSettings = {
  ...defaultWrites,
  brake: {
    ...{ tierCustomers: null, tierRevenue: null, tierSizes: false, customersFell: null },
    ...{ revenueFell: null, currencyMix: null, dataQuality: null, leastCustomers: 20 },
  },
};

function connectionsOf(
  hubspot: string,
  zoho: string,
  schedule: object,
): readonly ConnectionConfig[] {
  const common = { subject: 'contact', attribution: 'split', language: 'en', writes } as const;
  const times = scheduleSchema.parse(schedule);
  const auth = {
    ...{ clientIdEnv: 'ZOHO_ID', clientSecretEnv: 'ZOHO_SECRET' },
    refreshTokenEnv: 'ZOHO_REFRESH',
  };
  return [
    {
      ...{ id: 'hubspot', crm: 'hubspot', schedule: times, ...common },
      settings: {
        ...{ token: 'HUBSPOT', baseUrl: hubspot, plan: 'enterprise', rateShare: 1 },
        webhooks: { clientSecretEnv: 'HUBSPOT_APP', appId },
      },
    },
    {
      ...{ id: 'zoho', crm: 'zoho', schedule: times, ...common },
      settings: {
        ...{ auth, accountsUrl: zoho, apiUrl: zoho, contentUrl: zoho },
        ...{ fields: worldSettings, bulkPollMs: 10 },
      },
    },
  ];
}
