import { randomUUID } from 'node:crypto';
import { openPostgresStores } from '../kill/stores.ts';
import { type Desk, openDesk } from './desk.ts';
import { openHubSpotTenant } from './hubspot-tenant.ts';
import { type Lived, live } from './life.ts';
import { lookIntoStore, type StoreLook } from './one-store.ts';
import type { Called, Strike, Tenant } from './tenant.ts';
import { openZohoTenant } from './zoho-tenant.ts';

/** Which CRM, and which of its ways. */
export const tenantNames = ['hubspot', 'zoho', 'zoho-bulk'] as const;
export type TenantName = (typeof tenantNames)[number];

const openTenant: Readonly<Record<TenantName, () => Promise<Tenant>>> = {
  hubspot: openHubSpotTenant,
  zoho: () => openZohoTenant('pages'),
  'zoho-bulk': () => openZohoTenant('bulk'),
};

/** Those whose cases a person asked for: by a case's id, or by a part of it. */
export function tenantsIn(only: string | null): readonly TenantName[] {
  const named = tenantNames.filter((name) => only?.includes(`${name}/`) || name === only);
  return named.length > 0 ? named : tenantNames;
}

/** Where lives are lived: a server for their stores, each new and empty. */
export type Ground = {
  readonly lived: (name: TenantName, options: LifeOptions) => Promise<Ended>;
  /** For whoever lives a life of another kind: a store that is new. */
  readonly store: () => Promise<{ readonly url: string; readonly remove: () => Promise<void> }>;
  readonly close: () => Promise<void>;
};

export type LifeOptions = {
  readonly strikes: readonly Strike[];
  readonly signal: AbortSignal;
  /** The last runs read everything again. Default: no. */
  readonly full?: boolean;
  /** More looks at what is there before it is closed. */
  readonly also?: (desk: Desk) => void;
};

/** A life, and what it left. */
export type Ended = Lived & {
  readonly portal: Readonly<Record<string, unknown>>;
  readonly store: StoreLook;
  /** Calls in order. */
  readonly calls: readonly Called[];
  /** Of the strikes, whether any came. */
  readonly struck: boolean;
  /** A secret that was said, and where; `null`: none. */
  readonly leaked: string | null;
};

const bare = 'faults_bare';

/** Starts the server, with tables that every store begins with. */
export async function openGround(signal: AbortSignal): Promise<Ground> {
  const stores = await openPostgresStores();
  const first = await stores.empty(bare);
  const tenant = await openHubSpotTenant();
  const desk = await openDesk(tenant, urlOf(first), signal);
  await desk.close();
  await tenant.close();
  return {
    lived: async (name, options) => {
      const store = await stores.copy(bare, `life_${randomUUID().replaceAll('-', '')}`);
      const tenant = await openTenant[name]();
      try {
        return await livedThrough(tenant, urlOf(store), options);
      } finally {
        await tenant.close();
        await store.remove();
      }
    },
    store: async () => {
      const store = await stores.copy(bare, `life_${randomUUID().replaceAll('-', '')}`);
      return { url: urlOf(store), remove: store.remove };
    },
    close: stores.close,
  };
}

function urlOf({ variables }: { readonly variables: Readonly<Record<string, string>> }): string {
  return variables['DATABASE_URL'] ?? '';
}

async function livedThrough(tenant: Tenant, url: string, options: LifeOptions): Promise<Ended> {
  const { strikes, signal, full, also } = options;
  const desk = await openDesk(tenant, url, signal);
  const before = tenant.calls().length;
  try {
    tenant.strike(strikes);
    const lived = await live(desk, signal, full);
    also?.(desk);
    return {
      ...lived,
      portal: tenant.picture(),
      store: await lookIntoStore(url),
      calls: tenant.calls().slice(before),
      struck: tenant.strikesCame(),
      leaked: leakedIn([...desk.said, ...lived.stops.map((each) => JSON.stringify(each))], tenant),
    };
  } finally {
    await desk.close();
  }
}

function leakedIn(said: readonly string[], { secrets }: Tenant): string | null {
  const values = Object.entries(secrets).filter(([name]) => !name.endsWith('_ID'));
  for (const text of said)
    for (const [name, value] of values)
      if (value !== '' && text.includes(value)) return `${name} is said in: ${text.slice(0, 300)}`;
  return null;
}
