import type { ConnectionId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { inboxKeepMs } from '../store/inbox-store.ts';
import type { Forgotten, KeptSince } from '../store/retention-store.ts';
import type { Store } from '../store/store.ts';

const dayMs = 86_400_000;

/** A week is enough to look into what a webhook did not change. */
const idleDays = 7;

export type RetentionSource = {
  readonly connection: ConnectionId;
  readonly keepDays: number;
  readonly store: Pick<Store, 'inbox' | 'retention' | 'erasures'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/**
 * Forgets what is older than kept; hints of webhooks after three days, as their doubles end then. Files
 * are written anew when the CRM had somebody erased since.
 */
export async function forgetOld(source: RetentionSource): Promise<Forgotten> {
  const { connection, store, clock, log, signal } = source;
  const hints = await store.inbox.purge(agoText(clock, inboxKeepMs));
  const forgotten = await store.retention.forget(connection, keptSince(source), signal);
  const cleaned = await store.erasures.clean();
  log.info({ connection, hints, cleaned, ...forgotten }, 'retention.done');
  return forgotten;
}

/** What `forgetOld` would forget. */
export async function countOld(
  source: Pick<RetentionSource, 'connection' | 'keepDays' | 'clock'> & {
    readonly store: Pick<Store, 'retention'>;
  },
): Promise<Forgotten> {
  return await source.store.retention.count(source.connection, keptSince(source));
}

function keptSince({ clock, keepDays }: Pick<RetentionSource, 'clock' | 'keepDays'>): KeptSince {
  return {
    before: agoText(clock, keepDays * dayMs),
    idleBefore: agoText(clock, Math.min(keepDays, idleDays) * dayMs),
  };
}

function agoText(clock: Clock, ms: number): string {
  return new Date(clock.now() - ms).toISOString();
}
