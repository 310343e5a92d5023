import { randomUUID } from 'node:crypto';
import type { ConnectionId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { LeaseStore } from './store.ts';

/** Longer than any renewal takes: what a holder that died left behind ends by itself. */
const ttlMs = 60_000;
const lookMs = 200;

/**
 * Runs `work` while no other process renews the tokens of this connection. A lease beside that of
 * the run itself: two processes may look into one connection at once (`doctor` during a run).
 */
export async function withTokenLock<T>(
  leases: LeaseStore,
  connection: ConnectionId,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  for (;;) {
    const answer = await leases.acquire(`${connection}/tokens`, holder, ttlMs);
    if (answer.status === 'held') {
      await clock.sleep(lookMs, signal);
      continue;
    }
    try {
      return await work();
    } finally {
      await leases.release(answer.lease).catch(() => undefined);
    }
  }
}
