import { type DueKind, dueKinds } from '../domain/due-work.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { Clock } from '../lib/clock.ts';
import { lastDue, nextDue } from '../lib/cron-times.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';
import type { WorkQueue } from './work-queue.ts';

export type ScheduledConnection = {
  readonly connection: ConnectionId;
  readonly schedule: Schedule;
};

export type ScheduleSource = {
  readonly connections: readonly ScheduledConnection[];
  readonly store: Pick<Store, 'identities' | 'schedules'>;
  readonly queue: Pick<WorkQueue, 'send'>;
  readonly clock: Clock;
  readonly log: Logger;
};

/** A time claimed so far ahead is of a clock that went wrong. More than any time zone is moved by. */
const aheadMs = 26 * 3_600_000;

/** What the first run does anyway. */
const doneAtFirst: ReadonlySet<DueKind> = new Set(['delta', 'full']);

/** A due time of one kind of one connection. */
type Due = ScheduledConnection & { readonly kind: DueKind; readonly dueAt: number };

/**
 * Asks for whatever came due: told by the store, so that a missed time is made up once, a clock set
 * back asks for nothing twice, and of several processes that look one asks. Safe to call at any time
 * and from anywhere: node-cron does in `assay serve`, EventBridge on AWS.
 * @returns connections that were asked for.
 */
export async function tick(source: ScheduleSource): Promise<readonly ConnectionId[]> {
  const { store, queue, clock, log } = source;
  const zones = await timeZones(source);
  const now = clock.now();
  const latest = new Date(now + aheadMs).toISOString();
  const asked: ConnectionId[] = [];
  for (const { connection, schedule } of source.connections) {
    const kinds: DueKind[] = [];
    for (const { kind, dueAt } of lastTimes({ connection, schedule }, zones(connection), now)) {
      const isDoneAtFirst = doneAtFirst.has(kind);
      const claim = { connection, kind, dueAt: new Date(dueAt).toISOString(), isDoneAtFirst };
      if (await store.schedules.claim({ ...claim, latest })) kinds.push(kind);
    }
    if (kinds.length === 0) continue;
    await queue.send({ connection, reason: 'schedule' });
    log.info({ connection, kinds }, 'schedule.due');
    asked.push(connection);
  }
  return asked;
}

/** The time zones that schedules are read in: the operator's word, else the account's, else UTC. */
async function timeZones({ connections, store }: Pick<ScheduleSource, 'connections' | 'store'>) {
  const accounts = await store.identities.accounts(connections.map(({ connection }) => connection));
  const zones = new Map(
    connections.map(({ connection, schedule }) => [
      connection,
      schedule.timeZone ?? accounts.get(connection)?.timeZone ?? 'UTC',
    ]),
  );
  return (connection: ConnectionId): string => zones.get(connection) ?? 'UTC';
}

function lastTimes(one: ScheduledConnection, timeZone: string, now: number): readonly Due[] {
  return dueKinds.flatMap((kind) => {
    const cron = one.schedule.times[kind];
    return cron === null ? [] : [{ ...one, kind, dueAt: lastDue(cron, timeZone, now) }];
  });
}

/** What comes next of one connection, soonest first. */
export type Upcoming = {
  readonly connection: ConnectionId;
  readonly timeZone: string;
  readonly next: readonly { readonly kind: DueKind; readonly cron: string; readonly at: number }[];
};

/** For the line at the start of `assay serve`. */
export async function upcoming(
  source: Pick<ScheduleSource, 'connections' | 'store' | 'clock'>,
): Promise<readonly Upcoming[]> {
  const zones = await timeZones(source);
  const now = source.clock.now();
  return source.connections.map(({ connection, schedule }) => {
    const timeZone = zones(connection);
    const next = dueKinds.flatMap((kind) => {
      const cron = schedule.times[kind];
      return cron === null ? [] : [{ kind, cron: cron.text, at: nextDue(cron, timeZone, now) }];
    });
    return { connection, timeZone, next: next.toSorted((one, other) => one.at - other.at) };
  });
}
