import type { ConnectionId } from '../domain/ids.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';
import type { WorkQueue, WorkReason } from './work-queue.ts';

/**
 * Asks for every connection with anything to do, so that a queue that was lost loses nothing. Told
 * once, when a process starts.
 */
export async function askWaiting(source: {
  readonly connections: readonly ConnectionId[];
  readonly store: Pick<Store, 'schedules'>;
  readonly queue: Pick<WorkQueue, 'send'>;
  readonly log: Logger;
  /** `manual` where a person started it, who may have mended what paused one. Default `continue`. */
  readonly reason?: WorkReason;
}): Promise<void> {
  const { connections, store, queue, log, reason = 'continue' } = source;
  const known = new Set(connections);
  const waiting = (await store.schedules.waiting()).filter((id) => known.has(id));
  for (const connection of waiting) await queue.send({ connection, reason });
  if (waiting.length > 0) log.info({ connections: waiting.length }, 'work.left');
}
