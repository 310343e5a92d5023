import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { World, WorldCustomer } from '../../sandbox/data/world.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';
import { type App, openApp } from '../../src/app.ts';
import type { ConnectionConfig } from '../../src/config/config.ts';
import { secretsFrom } from '../../src/config/secrets.ts';
import type { IdentityGroup } from '../../src/domain/population.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { RunContext } from '../../src/run/context.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import { policy } from '../score/default-policy.ts';
import { emptyStore } from '../store/empty-store.ts';

/** The day after the generated data ends. */
export const AS_OF = '2026-11-01';

/**
 * Three portals: `shop` and `wholesale` each know most of the customers and some of the orders, a
 * third of those both; `all` knows everything. The first two are joined.
 */
export const names = ['shop', 'wholesale', 'all'] as const;
export type Name = (typeof names)[number];

const group: IdentityGroup = { connections: ['shop', 'wholesale'], by: ['externalId', 'email'] };

export type JoinedBench = {
  readonly app: App;
  readonly worlds: Readonly<Record<Name, World>>;
  readonly sandboxes: Readonly<Record<Name, HubSpotSandbox>>;
  readonly connected: <T>(name: Name, work: (ctx: RunContext) => Promise<T>) => Promise<T>;
  /** The same store under a config without the group. */
  readonly without: <T>(name: Name, work: (ctx: RunContext) => Promise<T>) => Promise<T>;
  readonly settle: () => void;
  readonly close: () => Promise<void>;
};

export async function openJoinedBench(): Promise<JoinedBench> {
  const worlds = worldsOf(generatedWorld({ contacts: 120, deals: 400, seed: 11, until: AS_OF }));
  const sandboxes = {
    shop: await sandboxOf(worlds.shop),
    wholesale: await sandboxOf(worlds.wholesale),
    all: await sandboxOf(worlds.all),
  };
  const folder = await mkdtemp(join(tmpdir(), 'assay-joined-'));
  await emptyStore(folder);
  const config = {
    store: { kind: 'folder', folder },
    connections: names.map((name) => connectionOf(name, sandboxes[name])),
    ...{ policyFile: '', secretKey: null },
    secrets: secretsFrom(
      Object.fromEntries(names.map((name) => [`TOKEN_${name}`, sandboxes[name].token])),
    ),
  } as const;
  const clock = { now: systemClock.now, sleep: async () => undefined };
  const app = await openApp({
    ...{ config: { ...config, identity: [group] }, policy, clock, log: silentLogger },
  });
  const connected: JoinedBench['connected'] = async (name, work) => {
    const { signal } = new AbortController();
    const opened = await app.openConnection(name, { progress: silentProgress, signal });
    try {
      return await work(opened.context);
    } finally {
      await opened.close();
    }
  };
  for (const name of names)
    await connected(name, (ctx) =>
      provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }),
    );
  return {
    ...{ app, worlds, sandboxes, connected },
    without: (name, work) =>
      connected(name, (ctx) => {
        const alone = ctx.population.connections.filter(({ id }) => id === name);
        return work({ ...ctx, population: { id: name, connections: alone, by: [] } });
      }),
    settle: () => {
      for (const name of names) sandboxes[name].clock.advance(10_000);
    },
    close: async () => {
      await app.close();
      for (const name of names) await sandboxes[name].close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Nobody has a phone: two customers who share one are duplicates only where one CRM has both. */
function worldsOf(world: World): Readonly<Record<Name, World>> {
  const customers = [...world.customers].map((one) => ({ ...one, phone: null }));
  const inShop = new Set(customers.filter((_, at) => at % 7 !== 3).map(idOf));
  const inWholesale = new Set(customers.filter((_, at) => at % 5 !== 2 || at % 7 === 3).map(idOf));
  const orders = [...world.orders].map((order, at) => ({
    order,
    part: at % 3,
    id: order.customerId,
  }));
  const part = (known: ReadonlySet<string>, other: ReadonlySet<string>, own: number): World => ({
    ...world,
    // Another order of records, so that the same customer has another id in each portal.
    customers: customers.filter(({ externalId }) => known.has(externalId)).toReversed(),
    orders: orders.flatMap((one) => {
      const isKnown = one.id === null || known.has(one.id);
      const isShared = one.part === own || one.part === 2;
      return isKnown && (isShared || (one.id !== null && !other.has(one.id))) ? [one.order] : [];
    }),
  });
  return {
    shop: part(inShop, inWholesale, 0),
    wholesale: part(inWholesale, inShop, 1),
    all: { ...world, customers },
  };
}

function idOf({ externalId }: WorldCustomer): string {
  return externalId;
}

async function sandboxOf(world: World): Promise<HubSpotSandbox> {
  const clock = new AdjustableClock();
  const { currency: companyCurrency, timeZone } = world;
  const portal = new Portal({ clock: clock.now, companyCurrency, timeZone });
  loadWorld(portal, world, { loadedAt: clock.now() - 86_400_000 });
  return startHubSpotSandbox({ portal, clock });
}

function connectionOf(name: Name, { url }: HubSpotSandbox): ConnectionConfig {
  return {
    ...{ id: name, crm: 'hubspot', subject: 'contact', attribution: 'split', language: 'en' },
    settings: {
      ...{ token: `TOKEN_${name}`, baseUrl: url, settleMs: 0, lookbackMs: 0, rateShare: 1 },
      ...{ plan: 'enterprise', timeoutMs: 5_000 },
    },
  };
}
