import type { ConnectionId } from '../domain/ids.ts';
import type { RecordRef } from '../domain/population.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';
import type { WorkQueue } from './work-queue.ts';

/** So many records are looked at by name; more are a run's work. */
const byName = 100;

export type TouchedSource = {
  readonly store: Pick<Store, 'inbox' | 'work'>;
  readonly queue: Pick<WorkQueue, 'send'>;
  readonly connections: readonly ConnectionId[];
  readonly clock: Clock;
  readonly log: Logger;
};

/**
 * Has whoever works look at these records now, in place of their connections' next run. The marks that
 * they are to be scored stand in the store already: where the queue is out of reach, the next run
 * sees them.
 */
export async function askTouched(
  source: TouchedSource,
  touched: readonly RecordRef[],
): Promise<void> {
  for (const [connection, refs] of Map.groupBy(touched, (ref) => ref.connection)) {
    if (!source.connections.includes(connection)) continue;
    try {
      await askOne(source, connection, refs);
    } catch (error) {
      source.log.warn({ connection, error: String(error) }, 'touched.not-asked');
    }
  }
}

async function askOne(
  { store, queue, clock }: TouchedSource,
  connection: ConnectionId,
  refs: readonly RecordRef[],
): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  if (refs.length > byName) await store.work.ask(connection, { full: false }, at);
  else {
    const hints = refs.map(({ id }) => ({
      ...{ key: `decided:${id}:${at}`, object: 'customers' as const, id },
      ...{ kind: 'changed' as const, at },
    }));
    await store.inbox.add(connection, hints, at);
  }
  await queue.send({ connection, reason: 'webhook' });
}
