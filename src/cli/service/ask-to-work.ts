import type { App } from '../../app.ts';
import type { ConnectionId } from '../../domain/ids.ts';
import { queueChoice } from '../../intake.ts';
import type { Logger } from '../../lib/logger.ts';

/**
 * Has whoever works by himself look at a connection now, and whether somebody was told. The store says
 * what is to do: who is not told finds it at his next look.
 */
export async function askToWork(
  { config, queue, store }: App,
  connection: ConnectionId,
  log: Logger,
): Promise<boolean> {
  const word = { connection, reason: 'manual' } as const;
  try {
    if (queueChoice(config).kind === 'memory') return await store.tell(word);
    await (await queue()).send(word);
    return true;
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    log.warn({ connection, error: name }, 'work.not-told');
    return false;
  }
}
