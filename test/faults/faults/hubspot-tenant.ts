import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { faultEffect } from '../../../sandbox/hubspot/fault-effect.ts';
import { loadWorld } from '../../../sandbox/hubspot/load.ts';
import { Portal } from '../../../sandbox/hubspot/portal.ts';
import { startHubSpotSandbox } from '../../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import type { Hint } from '../../../src/domain/hint.ts';
import { hintsOf } from '../../jobs/portal-hints.ts';
import { befallHubSpot } from '../histories/hubspot-people.ts';
import { actInHubSpot } from '../kill/hubspot-deeds.ts';
import { OURS, pictureOf } from '../kill/hubspot-stand.ts';
import { betweenDaysMs, bornAt, days } from '../kill/stand.ts';
import { strikesOf } from './strikes-of.ts';
import { type Tenant, tenantSize, timeoutMs } from './tenant.ts';

const dayMs = 86_400_000;
const generous = { tenSecondly: 100_000, associations: 100_000, search: 10_000 };

/** A HubSpot portal with an app that was installed long ago. */
export async function openHubSpotTenant(): Promise<Tenant> {
  const world = generatedWorld(tenantSize);
  const since = performance.now();
  const clock = new AdjustableClock(() => Math.floor(bornAt + performance.now() - since));
  const { currency: companyCurrency, timeZone } = world;
  const portal = new Portal({ clock: clock.now, companyCurrency, timeZone });
  loadWorld(portal, world, { loadedAt: bornAt - dayMs });
  const secrets = {
    ...{ HS_ID: 'client-of-tests', HS_SECRET: 'secret-hs-4711' },
    HS_REFRESH: 'refresh-hs-4711',
  };
  const sandbox = await startHubSpotSandbox({
    ...{ portal, clock, limits: { plan: 'enterprise', override: generous } },
    apps: [
      {
        ...{ clientId: secrets.HS_ID, clientSecret: secrets.HS_SECRET, appId: OURS },
        refreshToken: secrets.HS_REFRESH,
      },
    ],
  });
  const { contacts } = portal.objects;
  const poisoned = String(contacts.at([...contacts.slotsFrom(0)][7] ?? 0).id);
  return {
    crm: 'hubspot',
    firstDay: days.first,
    settings: {
      auth: {
        ...{ kind: 'oauth', clientIdEnv: 'HS_ID', clientSecretEnv: 'HS_SECRET' },
        refreshTokenEnv: 'HS_REFRESH',
      },
      ...{ baseUrl: sandbox.url, plan: 'enterprise', rateShare: 1, settleMs: 0, lookbackMs: 0 },
      timeoutMs,
    },
    secrets,
    ...strikesOf(sandbox.faults, (effect) =>
      faultEffect.parse(effect['kind'] === 'poison' ? { ...effect, recordId: poisoned } : effect),
    ),
    calls: () => sandbox.calls.all(),
    act: (deed) => {
      clock.advance(betweenDaysMs);
      const hints = actInHubSpot(portal, world, deed);
      clock.advance(betweenDaysMs);
      return hints;
    },
    befall: (chance) => befallHubSpot(portal, chance),
    heard: hintsIn(portal),
    wait: (ms) => clock.advance(ms),
    picture: () => withoutTimes(pictureOf(portal)),
    close: () => sandbox.close(),
  };
}

function hintsIn(portal: Portal): Tenant['heard'] {
  let said: Hint[] = [];
  let events = 0;
  portal.events.subscribe((event) => {
    events += 1;
    said.push(...hintsOf(event, events));
  });
  return () => {
    const taken = said;
    said = [];
    return taken;
  };
}

/** HubSpot notes at which millisecond records were merged. */
function withoutTimes(picture: Readonly<Record<string, unknown>>): ReturnType<Tenant['picture']> {
  return JSON.parse(JSON.stringify(picture).replace(/(?<=\d):\d{13}\b/g, ''));
}
