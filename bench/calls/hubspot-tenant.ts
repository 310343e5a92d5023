import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { World } from '../../sandbox/data/world.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import {
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
  startHubSpotSandbox,
} from '../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../sandbox/kit/adjustable-clock.ts';

/** The day before yesterday, when the data ends and some buy; and the day after. Neither in the future. */
export const days = { first: daysAgo(2), second: daysAgo(1) };

export type BaseSize = { readonly contacts: number; readonly deals: number; readonly seed: number };

export type BenchPortal = { readonly sandbox: HubSpotSandbox; readonly world: World };

/** A portal with a generated world in it, an hour after it was loaded. */
export async function startPortal(
  size: BaseSize,
  options: Pick<HubSpotSandboxOptions, 'limits' | 'latency'>,
): Promise<BenchPortal> {
  const clock = new AdjustableClock();
  const world = generatedWorld({ ...size, until: days.first });
  const portal = new Portal({
    clock: clock.now,
    companyCurrency: world.currency,
    timeZone: world.timeZone,
  });
  loadWorld(portal, world);
  clock.advance(3_600_000);
  return { sandbox: await startHubSpotSandbox({ ...options, portal, clock }), world };
}

function daysAgo(count: number): string {
  return new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
}
