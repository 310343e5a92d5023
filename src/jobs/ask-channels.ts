import type { ConnectionId } from '../domain/ids.ts';
import { aheadMs, type ScheduleSource } from './schedule.ts';

/** Whoever restarts again and again asks for one look in this time: each costs calls. */
const atMostEveryMs = 600_000;

/**
 * Asks for a look at the subscriptions to webhooks of these connections. Told once, when a process
 * starts: it may have another address or another key than the one before, and until the subscriptions
 * are told, what the CRM sends is turned away. Nothing is asked of a connection whose `channels` are off.
 */
export async function askChannels(
  { connections, store, queue, clock, log }: ScheduleSource,
  subscribed: ReadonlySet<ConnectionId>,
): Promise<void> {
  const kept = connections.filter(
    ({ connection, schedule }) =>
      subscribed.has(connection) && schedule.times['renew-channels'] !== null,
  );
  const claimed = await store.schedules.claimed(kept.map(({ connection }) => connection));
  const now = clock.now();
  for (const { connection } of kept) {
    const last = Date.parse(claimed.get(connection)?.get('renew-channels') ?? '');
    if (Math.abs(now - last) < atMostEveryMs) continue;
    const work = { kind: 'renew-channels', dueAt: isoOf(now), isDoneAtFirst: false } as const;
    if (!(await store.schedules.claim({ connection, ...work, latest: isoOf(now + aheadMs) })))
      continue;
    await queue.send({ connection, reason: 'schedule' });
    log.info({ connection, kinds: [work.kind] }, 'schedule.due');
  }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
