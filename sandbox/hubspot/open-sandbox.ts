import { worldOf } from '../data/data-sets.ts';
import type { PurchaseOptions } from '../data/purchases.ts';
import type { World } from '../data/world.ts';
import { AdjustableClock } from '../kit/adjustable-clock.ts';
import { purchaseControl } from '../kit/purchase-control.ts';
import { type Loaded, loadWorld } from './load.ts';
import { Portal } from './portal.ts';
import { buyOn } from './purchase-day.ts';
import { defaultToken } from './sandbox-options.ts';
import type { ServeOptions } from './serve-options.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from './server.ts';

/** Yesterday: else the first look for changes would find every record changed just now. */
const LOADED_BEFORE_MS = 86_400_000;

/** A sandbox with a world in it. */
export interface OpenSandbox extends HubSpotSandbox {
  readonly world: World;
  readonly loaded: Loaded;
}

/** Makes a portal in the world's currency and time zone, loads the world, and starts to serve. */
export async function openHubSpotSandbox(options: ServeOptions): Promise<OpenSandbox> {
  const world = worldOf(options);
  const clock = new AdjustableClock();
  const { currency: companyCurrency, timeZone } = world;
  const portal = new Portal({ clock: clock.now, companyCurrency, timeZone });
  const loadedAt = clock.now() - LOADED_BEFORE_MS;
  const loaded = loadWorld(portal, world, { ...options, loadedAt });
  const buy = (purchases: PurchaseOptions) => buyOn(portal, world, purchases).length;
  const { port, latency, seed, limits, plan, token = defaultToken.token } = options;
  const sandbox = await startHubSpotSandbox({
    ...{ port, portal, clock, latency, seed },
    limits: limits === 'off' ? 'off' : plan,
    tokens: [{ ...defaultToken, token }],
    controls: [purchaseControl({ timeZone, clock: clock.now, buy })],
  });
  return { ...sandbox, world, loaded };
}
