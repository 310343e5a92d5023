import { serviceActor } from '../domain/actor.ts';
import { accessStore } from './access.ts';
import { databaseOf } from './database.ts';
import { openEngine, type StoreOptions } from './open-engine.ts';
import type { Store } from './store.ts';

/**
 * `openStore` for whoever only asks who may act.
 * @throws AssayError `STORE_LOCKED`, `STORE_UNAVAILABLE`, `STORE_FULL`, `STORE_NEWER`.
 */
export async function openAccessStore(
  options: StoreOptions,
): Promise<Pick<Store, 'access' | 'close'>> {
  const engine = await openEngine(options);
  const now = () => new Date(options.clock.now()).toISOString();
  const access = accessStore(databaseOf(engine), { actor: serviceActor.name, now });
  return { access, close: engine.close };
}
