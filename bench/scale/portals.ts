import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';
import { days } from '../calls/tenant.ts';

/** Several portals in this process, each with its own limits, as HubSpot has them. */
export type Portals = {
  readonly names: readonly string[];
  readonly token: string;
  /** `config/assay.yaml` for all of them. */
  readonly config: { readonly connections: Readonly<Record<string, unknown>> };
  readonly calls: () => number;
  /** Refused as too many. */
  readonly tooMany: () => number;
  readonly resetCalls: () => void;
  readonly close: () => Promise<void>;
};

export type PortalsSize = {
  readonly portals: number;
  readonly customers: number;
  /** How far away each answer is. */
  readonly latencyMs: number;
};

export async function openPortals({
  portals,
  customers,
  latencyMs,
}: PortalsSize): Promise<Portals> {
  const world = generatedWorld({
    ...{ contacts: customers, deals: customers * 3, seed: 1, until: days.first },
  });
  const { currency: companyCurrency, timeZone } = world;
  const all = await Promise.all(
    Array.from({ length: portals }, async (_, at) => {
      const clock = new AdjustableClock();
      const portalId = 1_000_000 + at;
      const portal = new Portal({ clock: clock.now, companyCurrency, timeZone, portalId });
      loadWorld(portal, world);
      clock.advance(3_600_000);
      const latency = { kind: 'fixed', ms: latencyMs } as const;
      return await startHubSpotSandbox({ portal, clock, limits: 'professional', latency });
    }),
  );
  const names = all.map((_, at) => `portal-${at + 1}`);
  const settings = (baseUrl: string) => ({ baseUrl, plan: 'professional', token: 'HUBSPOT_TOKEN' });
  const total = (of: (one: (typeof all)[number]) => number) =>
    all.reduce((sum, one) => sum + of(one), 0);
  return {
    names,
    token: all[0]?.token ?? '',
    config: {
      connections: Object.fromEntries(
        all.map(({ url }, at) => [
          `portal-${at + 1}`,
          { crm: 'hubspot', settings: settings(url), schedule: never },
        ]),
      ),
    },
    calls: () => total(({ calls }) => calls.report().total),
    tooMany: () => total(({ calls }) => calls.report().tooMany.total),
    resetCalls: () => {
      for (const { calls } of all) calls.reset();
    },
    close: async () => {
      await Promise.all(all.map(async (one) => one.close()));
    },
  };
}

/** The benchmark asks by itself. */
const never = {
  ...{ nightly: 'off', delta: 'off', reconcile: 'off', channels: 'off', retention: 'off' },
};
