import { generatedWorld } from '../../sandbox/data/generate.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';
import { loadWorld } from '../../sandbox/zoho/load.ts';
import { Org } from '../../sandbox/zoho/org.ts';
import { buyOn } from '../../sandbox/zoho/purchase-day.ts';
import { defaultClient } from '../../sandbox/zoho/sandbox-options.ts';
import { startZohoSandbox, type ZohoSandbox } from '../../sandbox/zoho/server.ts';
import { worldSettings } from '../../sandbox/zoho/world-settings.ts';
import { type BaseSize, type BenchCrm, type Cost, days, pages, type Tenant } from './tenant.ts';

const names = {
  clientIdEnv: 'ZOHO_CLIENT_ID',
  clientSecretEnv: 'ZOHO_CLIENT_SECRET',
  refreshTokenEnv: 'ZOHO_REFRESH_TOKEN',
} as const;

/** Our share of the ten complex calls that may be at work at once. */
const permittedAtOnce = 6;

export const zohoBench: BenchCrm = {
  name: 'zoho',
  floors: {
    full: ({ contacts, deals }, changes) =>
      sum([read(contacts), read(deals), cheapest([byPut(changes), byJobs(changes)])]),
    // Rows that changed by COQL; what was deleted of both modules, 2 credits each.
    delta: (deals, changes) =>
      sum([
        byCoql(deals),
        { calls: 1, credits: 1 },
        { calls: 2, credits: 4 },
        cheapest([byPut(changes), byJobs(changes)]),
      ]),
  },
  open: async (size, limits) => {
    const isFree = limits.kind === 'free';
    const clock = new AdjustableClock();
    const { org, world } = loaded(size, clock);
    const sandbox = await startZohoSandbox({
      ...{ org, clock, limits: isFree ? 'off' : 'on' },
      latency: isFree ? { kind: 'none' } : { kind: 'fixed', ms: limits.latencyMs },
    });
    return {
      ...tenantOf(sandbox, isFree ? 0 : limits.latencyMs),
      world,
      buy: (day, share) => buyOn(org, world, { day, share, seed: size.seed }).length,
    };
  },
};

function loaded(size: BaseSize, clock: AdjustableClock) {
  const world = generatedWorld({ ...size, until: days.first });
  const { currency: homeCurrency, timeZone } = world;
  const org = new Org({ homeCurrency, timeZone, edition: 'professional', clock: clock.now });
  loadWorld(org, world, { loadedAt: clock.now() });
  clock.advance(3_600_000);
  return { org, world };
}

function tenantOf(sandbox: ZohoSandbox, latencyMs: number): Omit<Tenant, 'world' | 'buy'> {
  const { url, calls, clock } = sandbox;
  return {
    settings: {
      ...{ auth: names, accountsUrl: url, apiUrl: url, contentUrl: url },
      fields: worldSettings,
      // The sandbox is done with a job as soon as it is asked.
      bulkPollMs: 500,
    },
    variables: {
      [names.clientIdEnv]: defaultClient.clientId,
      [names.clientSecretEnv]: defaultClient.clientSecret,
      [names.refreshTokenEnv]: defaultClient.refreshToken ?? '',
    },
    cost: () => {
      const { total, cost = 0 } = calls.report();
      return { calls: total, credits: cost };
    },
    tooMany: () => calls.report().tooMany.total,
    shares: () => ({ read: null, write: usedAtOnce(sandbox, 'PUT /crm/v8/Contacts', latencyMs) }),
    reset: () => calls.reset(),
    advance: (ms) => clock.advance(ms),
    close: async () => sandbox.close(),
  };
}

/**
 * Calls at work at once, on average between the first and the last, as a share of those that are
 * ours. A call counts for the latency alone, which is less than it takes.
 */
function usedAtOnce({ calls }: ZohoSandbox, endpoint: string, latencyMs: number): number | null {
  const found = calls.all().filter((call) => call.endpoint.startsWith(endpoint));
  const times = found.map(({ at }) => at).toSorted((one, other) => one - other);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || times.length < 2 * permittedAtOnce) return null;
  const atOnce = (times.length * latencyMs) / (last - first + latencyMs);
  return Math.round((1_000 * atOnce) / permittedAtOnce) / 1_000;
}

/** Facts §1: COQL 3 credits for 2,000 rows, bulk read 50 for 200,000, in the fewest calls. */
function read(records: number): Cost {
  const jobs = pages(records, 200_000);
  return cheapest([byCoql(records), { calls: 3 * jobs, credits: 50 * jobs }]);
}

function byCoql(records: number): Cost {
  const calls = pages(records, 2_000);
  return { calls, credits: 3 * calls };
}

function byPut(changes: number): Cost {
  return { calls: pages(changes, 100), credits: pages(changes, 10) };
}

/** Upload, job, one look, download. */
function byJobs(changes: number): Cost {
  const jobs = pages(changes, 25_000);
  return { calls: 4 * jobs, credits: 500 * jobs };
}

/** By credits: they are what the account runs out of. */
function cheapest(costs: readonly Cost[]): Cost {
  return costs.reduce((best, cost) => ((cost.credits ?? 0) < (best.credits ?? 0) ? cost : best));
}

function sum(costs: readonly Cost[]): Cost {
  return {
    calls: costs.reduce((total, { calls }) => total + calls, 0),
    credits: costs.reduce((total, { credits = 0 }) => total + credits, 0),
  };
}
