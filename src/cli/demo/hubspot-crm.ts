import type { Clock } from '../../lib/clock.ts';
import type { DemoCrm } from './demo-crm.ts';
import { loadedAt } from './demo-day.ts';

const tokenName = 'DEMO_HUBSPOT_TOKEN';
/** Records that one call reads or writes. */
const perCall = 100;

/** Starts a portal of the professional plan, its limits on, and loads the orders into it. */
export async function startHubSpot(clock: Clock): Promise<DemoCrm> {
  const { Portal } = await import('../../../sandbox/hubspot/portal.ts');
  const { loadWorld } = await import('../../../sandbox/hubspot/load.ts');
  const { startHubSpotSandbox } = await import('../../../sandbox/hubspot/server.ts');
  const { AdjustableClock } = await import('../../../sandbox/kit/adjustable-clock.ts');
  const { onlineRetail } = await import('../../../sandbox/data/online-retail.ts');
  const world = onlineRetail();
  const portalClock = new AdjustableClock(clock.now);
  const { currency: companyCurrency, timeZone } = world;
  const portal = new Portal({ companyCurrency, timeZone, clock: portalClock.now });
  const { contacts, deals } = loadWorld(portal, world, { loadedAt });
  const limits = { plan: 'professional' } as const;
  const sandbox = await startHubSpotSandbox({ portal, clock: portalClock, limits });
  const { url, token } = sandbox;
  return {
    ...{ crm: 'hubspot', title: 'HubSpot', url, token, contacts, deals },
    settings: { token: tokenName, baseUrl: url },
    secrets: { [tokenName]: token },
    calls: () => {
      const { total, kinds, tooMany } = sandbox.calls.report();
      return { read: total - kinds.write, write: kinds.write, total, tooMany: tooMany.total };
    },
    refusals: () => sandbox.calls.report().tooMany.policies,
    floor: (changes) => ({ floorCalls: calls(contacts) + calls(deals) + calls(changes) }),
    close: async () => sandbox.close(),
  };
}

function calls(records: number): number {
  return Math.ceil(records / perCall);
}
