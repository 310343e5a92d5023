import type { Clock } from '../../lib/clock.ts';
import { loadedAt } from './demo-day.ts';

/** The sandbox with the real orders in it. */
export type DemoPortal = {
  readonly url: string;
  readonly token: string;
  readonly contacts: number;
  readonly deals: number;
  /** What it has been asked so far, by its own count. */
  readonly calls: () => DemoCalls;
  /** How many calls each of its limits refused. */
  readonly refusals: () => Readonly<Record<string, number>>;
  readonly close: () => Promise<void>;
};

export type DemoCalls = {
  readonly read: number;
  readonly write: number;
  readonly total: number;
  /** Calls it refused with 429. */
  readonly tooMany: number;
};

/** Starts a portal of the professional plan, its limits on, and loads the orders into it. */
export async function startDemoPortal(clock: Clock): Promise<DemoPortal> {
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
  return {
    url: sandbox.url,
    token: sandbox.token,
    contacts,
    deals,
    calls: () => {
      const { total, kinds, tooMany } = sandbox.calls.report();
      return { read: total - kinds.write, write: kinds.write, total, tooMany: tooMany.total };
    },
    refusals: () => sandbox.calls.report().tooMany.policies,
    close: async () => sandbox.close(),
  };
}

/** What was asked between two counts. */
export function callsBetween(before: DemoCalls, after: DemoCalls): DemoCalls {
  return {
    read: after.read - before.read,
    write: after.write - before.write,
    total: after.total - before.total,
    tooMany: after.tooMany - before.tooMany,
  };
}
