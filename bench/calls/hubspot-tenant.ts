import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';
import { rateUsed } from './rate-used.ts';
import { type BaseSize, type BenchCrm, days, pages, type Tenant } from './tenant.ts';

/** A portal that lets everybody run: Assay learns it from the headers and goes as fast as it can. */
const generous = {
  plan: 'enterprise',
  override: { tenSecondly: 100_000, associations: 100_000, search: 1_000 },
} as const;
/** Professional: 190 calls in ten seconds; 80 % of them are ours. */
const permitted = { perWindow: 152, windowMs: 10_000 } as const;

export const hubspotBench: BenchCrm = {
  name: 'hubspot',
  floors: {
    full: ({ contacts, deals }, changes) => ({
      calls: pages(contacts, 100) + pages(deals, 100) + pages(changes, 100),
    }),
    // Search gives 200 a call, associations are read for 1,000 deals a call, 100 changes are written a call.
    delta: (deals, changes) => ({
      calls: pages(deals, 200) + pages(deals, 1_000) + pages(changes, 100),
    }),
  },
  open: async (size, limits) => {
    const isFree = limits.kind === 'free';
    const clock = new AdjustableClock();
    const { portal, world } = loaded(size, clock);
    const sandbox = await startHubSpotSandbox({
      ...{ portal, clock, limits: isFree ? generous : 'professional' },
      latency: isFree ? { kind: 'none' } : { kind: 'fixed', ms: limits.latencyMs },
    });
    return {
      ...tenantOf(sandbox),
      world,
      settings: settingsOf(sandbox, isFree ? 'auto' : 'professional'),
      buy: (day, share) => buyOn(portal, world, { day, share, seed: size.seed }).length,
    };
  },
};

function loaded(size: BaseSize, clock: AdjustableClock) {
  const world = generatedWorld({ ...size, until: days.first });
  const { currency: companyCurrency, timeZone } = world;
  const portal = new Portal({ clock: clock.now, companyCurrency, timeZone });
  loadWorld(portal, world);
  clock.advance(3_600_000);
  return { portal, world };
}

function settingsOf({ url }: HubSpotSandbox, plan: string): Tenant['settings'] {
  return { baseUrl: url, plan, auth: { kind: 'token', tokenEnv: 'HUBSPOT_TOKEN' } };
}

function tenantOf(sandbox: HubSpotSandbox): Omit<Tenant, 'world' | 'settings' | 'buy'> {
  const timesOf = (endpoint: string) =>
    sandbox.calls
      .all()
      .filter((call) => call.endpoint.includes(endpoint))
      .map(({ at }) => at)
      .toSorted((one, other) => one - other);
  return {
    variables: { HUBSPOT_TOKEN: sandbox.token },
    cost: () => ({ calls: sandbox.calls.report().total }),
    tooMany: () => sandbox.calls.report().tooMany.total,
    shares: () => ({
      read: rateUsed(timesOf('GET /crm/objects'), permitted),
      write: rateUsed(timesOf('batch/update'), permitted),
    }),
    reset: () => sandbox.calls.reset(),
    advance: (ms) => sandbox.clock.advance(ms),
    close: async () => sandbox.close(),
  };
}
