import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { faultEffect } from '../../../sandbox/zoho/fault-effect.ts';
import { loadWorld } from '../../../sandbox/zoho/load.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import type { OrgOptions } from '../../../sandbox/zoho/org-options.ts';
import { defaultClient } from '../../../sandbox/zoho/sandbox-options.ts';
import { startZohoSandbox } from '../../../sandbox/zoho/server.ts';
import { worldSettings } from '../../../sandbox/zoho/world-settings.ts';
import type { Hint } from '../../../src/domain/hint.ts';
import { befallZoho } from '../histories/zoho-people.ts';
import { betweenDaysMs, bornAt, bulkSize, cheapJobs, days } from '../kill/stand.ts';
import { actInZoho } from '../kill/zoho-deeds.ts';
import { pictureOf } from '../kill/zoho-stand.ts';
import { strikesOf } from './strikes-of.ts';
import { type Called, type Tenant, tenantSize, timeoutMs } from './tenant.ts';

const dayMs = 86_400_000;

/** Which of Zoho's ways of reading and writing a tenant is opened for. */
export type ZohoRoute = 'pages' | 'bulk';

/** A Zoho CRM org whose lists are tags. */
export async function openZohoTenant(
  route: ZohoRoute = 'pages',
  options: Partial<OrgOptions> = {},
): Promise<Tenant> {
  const world = generatedWorld(route === 'bulk' ? bulkSize : tenantSize);
  const since = performance.now();
  const clock = new AdjustableClock(() => Math.floor(bornAt + performance.now() - since));
  const { currency: homeCurrency, timeZone } = world;
  const org = new Org({ clock: clock.now, homeCurrency, timeZone, ...options });
  loadWorld(org, world, { loadedAt: bornAt - dayMs });
  const sandbox = await startZohoSandbox({ org, clock });
  const { url } = sandbox;
  return {
    crm: 'zoho',
    // So long before the next that there is something new of most.
    firstDay: route === 'bulk' ? days.before : days.first,
    settings: {
      auth: { clientIdEnv: 'Z_ID', clientSecretEnv: 'Z_SECRET', refreshTokenEnv: 'Z_REFRESH' },
      ...{ accountsUrl: url, apiUrl: url, contentUrl: url, concurrencyShare: 1, lookbackMs: 0 },
      ...{ bulkRead: route === 'bulk', bulkWrite: route === 'bulk', bulkPollMs: 10, ...cheapJobs },
      ...{ coqlRows: 100, lists: 'tags', fields: worldSettings, timeoutMs },
    },
    secrets: {
      ...{ Z_ID: defaultClient.clientId, Z_SECRET: defaultClient.clientSecret },
      Z_REFRESH: defaultClient.refreshToken ?? '',
    },
    ...strikesOf(sandbox.faults, (effect) => faultEffect.parse(effect)),
    calls: () => sandbox.calls.all().flatMap(withJob),
    act: (deed) => {
      clock.advance(betweenDaysMs);
      const hints = actInZoho(org, world, deed);
      clock.advance(betweenDaysMs);
      return hints;
    },
    befall: (chance) => befallZoho(org, chance),
    heard: hintsIn(org),
    wait: (ms) => clock.advance(ms),
    picture: () => pictureOf(org),
    close: () => sandbox.close(),
  };
}

/** A call that begins a job, and the job. */
function withJob(call: Called): readonly Called[] {
  const [, path] = /^POST (\/crm\/bulk\/v8\/(?:read|write))$/.exec(call.endpoint) ?? [];
  return path === undefined ? [call] : [call, { endpoint: `JOB ${path}`, kind: 'other' }];
}

/** Zoho tells of the record alone, and whether it was deleted. */
function hintsIn(org: Org): Tenant['heard'] {
  let said: Hint[] = [];
  let events = 0;
  for (const [module, object] of [
    ['Contacts', 'customers'],
    ['Deals', 'deals'],
  ] as const)
    org.records[module].onEvent(({ kind, record }) => {
      events += 1;
      const at = new Date(org.now()).toISOString();
      const told = kind === 'delete' ? 'removed' : 'changed';
      said.push({ key: `z${events}`, object, id: record.id, kind: told, at });
    });
  return () => {
    const taken = said;
    said = [];
    return taken;
  };
}
