import { worldSettings } from '../../../sandbox/zoho/world-settings.ts';
import { type Ground, openGround } from '../faults/ground.ts';
import { openHubSpotTenant } from '../faults/hubspot-tenant.ts';
import type { Tenant } from '../faults/tenant.ts';
import { openZohoTenant } from '../faults/zoho-tenant.ts';
import type { Case, OpenPart, Outcome, Part, PartOptions } from '../kit/part.ts';
import { smallestBad } from '../kit/smallest-bad.ts';
import { anyHistory, type History } from './history.ts';
import { liveHistory } from './live-history.ts';

/**
 * Histories in a CRM, in any order: merges, records taken apart again, deletions, restores, other
 * addresses, deals that change hands, are won, lost and won again; between them runs, and webhooks of
 * which some are lost, come twice or late.
 */
export const histories: Part = { name: 'histories', counts: 'schedules', open };

const perTenant = 20;
const timeoutMs = 300_000;

/** Nobody says what a merge leaves in Zoho's recycle bin: both ways. Where it can be restored, a merge is undone. */
const tenants: Readonly<Record<string, () => Promise<Tenant>>> = {
  hubspot: openHubSpotTenant,
  zoho: withoutReferrals,
  'zoho-bin': () => openZohoTenant('pages', { mergedChild: 'recycle', mergeTouchesDeals: true }),
};

/**
 * Who left for good is erased, and nobody keeps the word that it was they who brought them: a store
 * that never knew them reads that word anew.
 */
async function withoutReferrals(): Promise<Tenant> {
  const tenant = await openZohoTenant('pages');
  const fields = { ...worldSettings, referredBy: null };
  return { ...tenant, settings: { ...tenant.settings, fields } };
}

async function open({ seed, signal }: PartOptions): Promise<OpenPart> {
  const ground = await openGround(signal);
  const cases = Object.entries(tenants).flatMap(([name, openTenant]) =>
    Array.from({ length: perTenant }, (_, at): Case => {
      const run = (stop: AbortSignal) =>
        smallestBad(anyHistory, seed * 1_000 + at, (history) =>
          tryOne(ground, openTenant, history, stop),
        );
      return { id: `${name}/${at}`, timeoutMs, run };
    }),
  );
  return { cases, sideBySide: 4, close: ground.close };
}

async function tryOne(
  ground: Ground,
  openTenant: () => Promise<Tenant>,
  history: History,
  signal: AbortSignal,
): Promise<Outcome> {
  const tenant = await openTenant();
  const [own, fresh] = [await ground.store(), await ground.store()];
  try {
    return await liveHistory({ tenant, own: own.url, fresh: fresh.url, signal }, history);
  } finally {
    await tenant.close();
    await own.remove();
    await fresh.remove();
  }
}
