import type { ConnectionId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { inboxKeepMs } from '../store/inbox-store.ts';
import type { Forgotten } from '../store/retention-store.ts';
import type { Store } from '../store/store.ts';

const dayMs = 86_400_000;

export type RetentionSource = {
  readonly connection: ConnectionId;
  readonly keepDays: number;
  readonly store: Pick<Store, 'inbox' | 'retention'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/** Forgets what is older than kept; hints of webhooks after three days, as their doubles end then. */
export async function forgetOld(source: RetentionSource): Promise<Forgotten> {
  const { connection, store, clock, log, signal } = source;
  const before = (ms: number) => new Date(clock.now() - ms).toISOString();
  const hints = await store.inbox.purge(before(inboxKeepMs));
  const forgotten = await store.retention.forget(
    connection,
    before(source.keepDays * dayMs),
    signal,
  );
  log.info({ connection, hints, ...forgotten }, 'retention.done');
  return forgotten;
}
