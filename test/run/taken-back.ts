import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { World } from '../../sandbox/data/world.ts';
import { loadWorld as loadHubSpot } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { buyOn as buyInHubSpot } from '../../sandbox/hubspot/purchase-day.ts';
import { startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';
import { loadWorld as loadZoho } from '../../sandbox/zoho/load.ts';
import { Org } from '../../sandbox/zoho/org.ts';
import { buyOn as buyInZoho } from '../../sandbox/zoho/purchase-day.ts';
import { defaultClient, defaultToken } from '../../sandbox/zoho/sandbox-options.ts';
import { startZohoSandbox } from '../../sandbox/zoho/server.ts';
import { worldSettings } from '../../sandbox/zoho/world-settings.ts';
import { type App, openApp } from '../../src/app.ts';
import type { ConnectionConfig } from '../../src/config/config.ts';
import { secretsFrom } from '../../src/config/secrets.ts';
import type { FieldKey, FieldValue, FieldValues } from '../../src/domain/field.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import { defaultWrites, type WriteSettings } from '../../src/domain/write-settings.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { RunContext } from '../../src/run/context.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import type { RunReport } from '../../src/run/report.ts';
import { type RollbackReport, rollbackConnection } from '../../src/run/rollback.ts';
import type { WhatToTakeBack } from '../../src/run/rollback-errors.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { policy } from '../score/default-policy.ts';
import { emptyStore } from '../store/empty-store.ts';
import { AS_OF } from './workbench.ts';

export const crmNames = ['hubspot', 'zoho'] as const;
export type CrmName = (typeof crmNames)[number];

export type GroundOptions = {
  readonly contacts?: number;
  readonly deals?: number;
  readonly writes?: Partial<WriteSettings>;
};

/** One CRM, an Assay beside it, and the hand of somebody else in the CRM. */
export type Ground = {
  readonly app: App;
  readonly connected: <T>(
    work: (ctx: RunContext) => Promise<T>,
    signal?: AbortSignal,
  ) => Promise<T>;
  readonly run: (signal?: AbortSignal) => Promise<RunReport>;
  readonly takeBack: (what: WhatToTakeBack, apply?: boolean) => Promise<RollbackReport>;
  readonly resume: () => Promise<void>;
  /** Our fields of every customer there, as the CRM holds them. */
  readonly held: () => Promise<ReadonlyMap<RecordId, FieldValues>>;
  /** Members of our lists, as the CRM has them. */
  readonly members: () => Promise<ReadonlyMap<string, ReadonlySet<RecordId>>>;
  readonly write: (id: RecordId, key: FieldKey, value: FieldValue) => Promise<void>;
  readonly onList: (key: string, id: RecordId, action: 'add' | 'remove') => Promise<void>;
  /** A field that is none of ours. */
  readonly move: (id: RecordId, country: string) => Promise<void>;
  /** So many in a hundred customers buy, and the CRM shows it. */
  readonly buy: (share: number, seed: number) => void;
  /** Long enough for a delta to see what was done. */
  readonly settle: () => void;
  readonly remove: (id: RecordId) => Promise<void>;
  readonly removeList: (key: string) => Promise<void>;
  /** Calls that the CRM answered, with what they cost where it counts that. */
  readonly spent: () => { readonly calls: number; readonly spends: number };
  readonly close: () => Promise<void>;
};

/** What these tests are about is not held back: half a small base may move. */
const freely: WriteSettings = {
  ...defaultWrites,
  brake: {
    ...{ tierCustomers: null, tierRevenue: null, tierSizes: false, customersFell: null },
    ...{ revenueFell: null, currencyMix: null, dataQuality: null, leastCustomers: 20 },
  },
};

/** Retries at once: the sandboxes' faults pass by themselves. */
const impatient = { now: systemClock.now, sleep: async () => undefined };
const dayMs = 86_400_000;
const noSignal = new AbortController().signal;

export async function openGround(crm: CrmName, options: GroundOptions = {}): Promise<Ground> {
  const { contacts = 60, deals = 200, writes = {} } = options;
  const world = generatedWorld({ contacts, deals, seed: 11, until: AS_OF });
  const tenant = crm === 'hubspot' ? await startHubSpot(world) : await startZoho(world);
  const folder = await mkdtemp(join(tmpdir(), 'assay-back-'));
  await emptyStore(folder);
  const app = await openApp({
    config: {
      ...{ store: { kind: 'folder', folder }, policyFile: '' },
      secretKey: new Secret('00112233'.repeat(8)),
      secrets: secretsFrom(tenant.secrets),
      connections: [
        {
          ...{ id: 'main', crm, settings: tenant.settings },
          ...{ subject: 'contact', attribution: 'split', language: 'en' },
          writes: { ...freely, ...writes },
        },
      ],
    },
    ...{ policy, clock: impatient, log: silentLogger },
  });
  const connected: Ground['connected'] = async (work, signal = noSignal) => {
    const opened = await app.openConnection('main', { progress: silentProgress, signal });
    try {
      return await work(opened.context);
    } finally {
      await opened.close();
    }
  };
  await connected((ctx) => provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }));
  return {
    ...{ app, connected, ...handIn(connected), ...tenant },
    run: (signal) => connected((ctx) => runConnection(ctx, { full: false, asOf: AS_OF }), signal),
    takeBack: (what, apply = true) =>
      connected((ctx) => rollbackConnection(ctx, { what, why: 'a wrong stage', apply })),
    resume: async () => {
      const word = { by: 'test', at: new Date().toISOString(), why: null };
      await app.store.stops.resume('main', word);
    },
    removeList: async (key) => {
      const known = await app.store.lists.known('main');
      await tenant.removeListById(known.find((list) => list.key === key)?.crmId ?? '');
    },
    close: async () => {
      await app.close();
      await tenant.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads and writes past the store, as somebody else does. */
function handIn(
  connected: Ground['connected'],
): Pick<Ground, 'held' | 'members' | 'write' | 'onList'> {
  const listOf = async ({ store }: RunContext, key: string) => {
    const list = (await store.lists.known('main')).find((one) => one.key === key);
    if (list === undefined) throw new Error(`There is no list ${key}`);
    return list;
  };
  return {
    held: () =>
      connected(async ({ connector, store, signal }) => {
        const select = { after: null, limit: 100_000, whom: 'all' } as const;
        const ids = (await store.records.page('main', select)).map(({ customer }) => customer.id);
        return await connector.readHeld(ids, signal);
      }),
    members: () =>
      connected(async ({ connector, store, signal }) => {
        const members = new Map<string, ReadonlySet<RecordId>>();
        for (const list of await store.lists.known('main')) {
          if (list.kind !== 'static' || list.status !== 'active') continue;
          const ids = new Set<RecordId>();
          for await (const page of connector.readMembers(list, signal))
            for (const id of page) ids.add(id);
          members.set(list.key, ids);
        }
        return members;
      }),
    write: (customerId, key, to) =>
      connected(async ({ connector, signal }) => {
        const fields = [{ key, from: null, to }];
        const change = { seq: 0, customerId, priority: 'fact', fields } as const;
        const [receipt] = await connector.applyBatch([change], 'somebodyelse', signal);
        if (receipt?.outcome === 'rejected') throw new Error(receipt.message);
      }),
    onList: (key, id, action) =>
      connected(async (ctx) => {
        const { connector, signal } = ctx;
        const [add, remove] = action === 'add' ? [[id], []] : [[], [id]];
        await connector.applyMemberships(await listOf(ctx, key), add, remove, signal);
      }),
  };
}

type Tenant = Pick<Ground, 'move' | 'buy' | 'settle' | 'remove' | 'spent' | 'close'> & {
  readonly settings: ConnectionConfig['settings'];
  readonly secrets: Readonly<Record<string, string>>;
  readonly removeListById: (id: string) => Promise<void>;
};

async function startHubSpot(world: World): Promise<Tenant> {
  const clock = new AdjustableClock();
  const { currency: companyCurrency, timeZone } = world;
  const portal = new Portal({ clock: clock.now, companyCurrency, timeZone });
  loadHubSpot(portal, world, { loadedAt: clock.now() - dayMs });
  const other = 'pat-somebody';
  const own = 'pat-assay';
  const generous = { tenSecondly: 100_000, associations: 100_000, search: 1_000 };
  const { url, calls, close } = await startHubSpotSandbox({
    ...{ portal, clock, limits: { plan: 'enterprise', override: generous } },
    tokens: [
      { token: own, appId: '1001' },
      { token: other, appId: '9009' },
    ],
  });
  const call = async (path: string, method = 'DELETE', body: unknown = undefined) => {
    const headers = { authorization: `Bearer ${other}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}${path}`, { method, headers, ...sent });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  };
  return {
    settings: {
      ...{ token: 'TOKEN', baseUrl: url, settleMs: 0, lookbackMs: 0, rateShare: 1 },
      plan: 'enterprise',
    },
    secrets: { TOKEN: own },
    move: (id, country) =>
      call(`/crm/v3/objects/contacts/${id}`, 'PATCH', { properties: { country } }),
    buy: (share, seed) => {
      buyInHubSpot(portal, world, { day: AS_OF, share, seed });
      clock.advance(10_000);
    },
    settle: () => clock.advance(10_000),
    remove: (id) => call(`/crm/v3/objects/contacts/${id}`),
    removeListById: (id) => call(`/crm/v3/lists/${id}`),
    spent: () => ({ calls: calls.all().length, spends: calls.all().length }),
    close,
  };
}

async function startZoho(world: World): Promise<Tenant> {
  const clock = new AdjustableClock();
  const { currency: homeCurrency, timeZone } = world;
  const org = new Org({ clock: clock.now, homeCurrency, timeZone });
  loadZoho(org, world, { loadedAt: clock.now() - dayMs });
  const other = { token: '1000.somebody', userId: org.users.other.id };
  const { url, calls, close } = await startZohoSandbox({
    org,
    clock,
    tokens: [defaultToken, other],
  });
  const call = async (path: string, method = 'DELETE', body: unknown = undefined) => {
    const headers = { authorization: `Zoho-oauthtoken ${other.token}` };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}/crm/v8${path}`, { method, headers, ...sent });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  };
  return {
    settings: {
      auth: { clientIdEnv: 'ID', clientSecretEnv: 'SECRET', refreshTokenEnv: 'REFRESH' },
      ...{ accountsUrl: url, apiUrl: url, contentUrl: url, lookbackMs: 0, concurrencyShare: 1 },
      ...{ fields: worldSettings, bulkPollMs: 10, lists: 'tags' },
    },
    secrets: {
      ...{ ID: defaultClient.clientId, SECRET: defaultClient.clientSecret },
      REFRESH: defaultClient.refreshToken ?? '',
    },
    move: (id, country) =>
      call('/Contacts', 'PUT', { data: [{ id, Mailing_Country: country }], trigger: [] }),
    buy: (share, seed) => {
      buyInZoho(org, world, { day: AS_OF, share, seed });
      clock.advance(10_000);
    },
    settle: () => clock.advance(10_000),
    remove: (id) => call(`/Contacts?ids=${id}`),
    removeListById: (id) => call(`/settings/tags/${id}`),
    spent: () => {
      const { total, cost = 0 } = calls.report();
      return { calls: total, spends: cost };
    },
    close,
  };
}
