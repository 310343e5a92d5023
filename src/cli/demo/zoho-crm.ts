import type { Clock } from '../../lib/clock.ts';
import type { DemoCrm } from './demo-crm.ts';
import { loadedAt } from './demo-day.ts';

const names = {
  clientIdEnv: 'DEMO_ZOHO_CLIENT_ID',
  clientSecretEnv: 'DEMO_ZOHO_CLIENT_SECRET',
  refreshTokenEnv: 'DEMO_ZOHO_REFRESH_TOKEN',
} as const;

/** Starts an org of the professional edition, its limits on, and loads the orders into it. */
export async function startZoho(clock: Clock): Promise<DemoCrm> {
  const { Org } = await import('../../../sandbox/zoho/org.ts');
  const { loadWorld } = await import('../../../sandbox/zoho/load.ts');
  const { startZohoSandbox } = await import('../../../sandbox/zoho/server.ts');
  const { worldSettings } = await import('../../../sandbox/zoho/world-settings.ts');
  const { defaultClient } = await import('../../../sandbox/zoho/sandbox-options.ts');
  const { AdjustableClock } = await import('../../../sandbox/kit/adjustable-clock.ts');
  const { onlineRetail } = await import('../../../sandbox/data/online-retail.ts');
  const world = onlineRetail();
  const orgClock = new AdjustableClock(clock.now);
  const { currency: homeCurrency, timeZone } = world;
  const edition = 'professional' as const;
  const org = new Org({ homeCurrency, timeZone, edition, clock: orgClock.now });
  const { contacts, deals } = loadWorld(org, world, { loadedAt });
  const sandbox = await startZohoSandbox({ org, clock: orgClock, limits: 'on' });
  const { url, token } = sandbox;
  return {
    ...{ crm: 'zoho', title: 'Zoho CRM', url, token, contacts, deals },
    settings: {
      auth: names,
      accountsUrl: url,
      apiUrl: url,
      contentUrl: url,
      fields: worldSettings,
    },
    secrets: {
      [names.clientIdEnv]: defaultClient.clientId,
      [names.clientSecretEnv]: defaultClient.clientSecret,
      [names.refreshTokenEnv]: defaultClient.refreshToken ?? '',
    },
    calls: () => {
      const { total, cost = 0, kinds, tooMany } = sandbox.calls.report();
      const read = total - kinds.write;
      return { read, write: kinds.write, total, credits: cost, tooMany: tooMany.total };
    },
    refusals: () => sandbox.calls.report().tooMany.policies,
    floor: (changes) => ({
      floorCredits: readCredits(contacts) + readCredits(deals) + writeCredits(changes),
    }),
    close: async () => sandbox.close(),
  };
}

/** By Zoho's table: COQL 3 for 2,000 rows, bulk read 50 for 200,000. */
function readCredits(records: number): number {
  return Math.min(3 * Math.ceil(records / 2_000), 50 * Math.ceil(records / 200_000));
}

/** PUT 1 for 10 rows, bulk write 500 for 25,000. */
function writeCredits(changes: number): number {
  return Math.min(Math.ceil(changes / 10), 500 * Math.ceil(changes / 25_000));
}
