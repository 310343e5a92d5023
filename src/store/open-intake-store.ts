import { serviceActor } from '../domain/actor.ts';
import { channelStore } from './channels.ts';
import { connectionStore } from './connections.ts';
import { databaseOf } from './database.ts';
import { inboxStore } from './inbox.ts';
import { openEngine, type StoreOptions } from './open-engine.ts';
import type { Store } from './store.ts';

/** What of the store takes webhooks. */
export type IntakeStore = Pick<Store, 'inbox' | 'connections' | 'channels' | 'close'>;

/**
 * `openStore` for a process that takes webhooks and nothing else: the rest is not even loaded.
 * @throws AssayError `STORE_LOCKED`, `STORE_UNAVAILABLE`, `STORE_FULL`, `STORE_NEWER`.
 */
export async function openIntakeStore(options: StoreOptions): Promise<IntakeStore> {
  const engine = await openEngine(options);
  const database = databaseOf(engine);
  return {
    inbox: inboxStore(database),
    connections: connectionStore(database, {
      actor: serviceActor.name,
      now: () => new Date(options.clock.now()).toISOString(),
    }),
    channels: channelStore(database),
    close: engine.close,
  };
}
