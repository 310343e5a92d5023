import { worldOf } from '../data/data-sets.ts';
import type { PurchaseOptions } from '../data/purchases.ts';
import type { World } from '../data/world.ts';
import { AdjustableClock } from '../kit/adjustable-clock.ts';
import { purchaseControl } from '../kit/purchase-control.ts';
import { loadWorld } from './load.ts';
import { Org } from './org.ts';
import { buyOn } from './purchase-day.ts';
import { defaultClient, defaultToken } from './sandbox-options.ts';
import type { ServeOptions } from './serve-options.ts';
import { startZohoSandbox, type ZohoSandbox } from './server.ts';
import type { OAuthClient } from './tokens.ts';

/** Yesterday: else the first look for changes would find every record changed just now. */
const LOADED_BEFORE_MS = 86_400_000;

/** A sandbox with a world in it. */
export interface OpenSandbox extends ZohoSandbox {
  readonly world: World;
  readonly loaded: ReturnType<typeof loadWorld>;
  readonly client: OAuthClient;
}

/** Makes an org in the world's currency and time zone, loads the world, and starts to serve. */
export async function openZohoSandbox(options: ServeOptions): Promise<OpenSandbox> {
  const world = worldOf(options);
  const clock = new AdjustableClock();
  const { currency: homeCurrency, timeZone } = world;
  const { port, latency, seed, limits, edition, licences, token = defaultToken.token } = options;
  const org = new Org({ clock: clock.now, homeCurrency, timeZone, edition, licences });
  const loaded = loadWorld(org, world, { loadedAt: clock.now() - LOADED_BEFORE_MS });
  const buy = (purchases: PurchaseOptions) => buyOn(org, world, purchases).length;
  const sandbox = await startZohoSandbox({
    ...{ port, org, clock, latency, seed, limits },
    tokens: [{ token }],
    controls: [purchaseControl({ timeZone, clock: clock.now, buy })],
  });
  return { ...sandbox, world, loaded, client: defaultClient };
}
