import { type DueKind, dueKinds } from '../domain/due-work.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from '../lib/clock.ts';
import { lastDue, nextDue } from '../lib/cron-times.ts';
import type { Logger } from '../lib/logger.ts';
import type { ScheduleClaim } from '../store/schedule-store.ts';
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
export const aheadMs = 26 * 3_600_000;

/** What the first run does anyway. */
const doneAtFirst: ReadonlySet<DueKind> = new Set(['delta', 'full']);

/**
 * Asks for whatever came due: told by the store, so that a missed time is made up once, a clock set
 * back asks for nothing twice, and of several processes that look one asks. Safe to call at any time
 * and from anywhere: node-cron does in `assay serve`, EventBridge on AWS.
 * @returns connections that were asked for.
 */
export async function tick(source: ScheduleSource): Promise<readonly ConnectionId[]> {
  const { connections, store, queue, log } = source;
  const zones = await timeZones(source);
  const claimed = await store.schedules.claimed(connections.map(({ connection }) => connection));
  const asked: ConnectionId[] = [];
  for (const one of connections) {
    const { connection } = one;
    const due = newlyDue(one, zones(connection), claimed.get(connection), source.clock.now());
    const kinds: DueKind[] = [];
    for (const claim of due) if (await store.schedules.claim(claim)) kinds.push(claim.kind);
    if (kinds.length === 0) continue;
    await queue.send({ connection, reason: 'schedule' });
    log.info({ connection, kinds }, 'schedule.due');
    asked.push(connection);
  }
  return asked;
}

/** Most minutes nothing is, and nothing is written. */
function newlyDue(
  { connection, schedule }: ScheduledConnection,
  timeZone: string,
  claimed: ReadonlyMap<DueKind, Instant> | undefined,
  now: number,
): readonly ScheduleClaim[] {
  const latest = now + aheadMs;
  return dueKinds.flatMap((kind) => {
    const cron = schedule.times[kind];
    if (cron === null) return [];
    const dueAt = lastDue(cron, timeZone, now);
    const known = Date.parse(claimed?.get(kind) ?? '');
    if (known >= dueAt && known <= latest) return [];
    const isDoneAtFirst = doneAtFirst.has(kind);
    return [{ connection, kind, isDoneAtFirst, dueAt: isoOf(dueAt), latest: isoOf(latest) }];
  });
}

function isoOf(ms: number): Instant {
  return new Date(ms).toISOString();
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

/** Connections whose account nobody looked at yet, and for which the operator gave no zone. */
async function withoutZone({ connections, store }: Pick<ScheduleSource, 'connections' | 'store'>) {
  const accounts = await store.identities.accounts(connections.map(({ connection }) => connection));
  const open = connections.filter(
    ({ connection, schedule }) => (schedule.timeZone ?? accounts.get(connection) ?? null) === null,
  );
  return new Set(open.map(({ connection }) => connection));
}

/** What comes next of one connection, soonest first. */
export type Upcoming = {
  readonly connection: ConnectionId;
  readonly timeZone: string;
  /** The account's zone is not known yet: `timeZone` holds until the first run asks for it. */
  readonly isZoneOpen: boolean;
  readonly next: readonly { readonly kind: DueKind; readonly cron: string; readonly at: number }[];
};

/** For the line at the start of `assay serve`. */
export async function upcoming(
  source: Pick<ScheduleSource, 'connections' | 'store' | 'clock'>,
): Promise<readonly Upcoming[]> {
  const zones = await timeZones(source);
  const open = await withoutZone(source);
  const now = source.clock.now();
  return source.connections.map(({ connection, schedule }) => {
    const timeZone = zones(connection);
    const next = dueKinds.flatMap((kind) => {
      const cron = schedule.times[kind];
      return cron === null ? [] : [{ kind, cron: cron.text, at: nextDue(cron, timeZone, now) }];
    });
    const isZoneOpen = open.has(connection);
    const soonest = next.toSorted((one, other) => one.at - other.at);
    return { connection, timeZone, isZoneOpen, next: soonest };
  });
}
