import { type Kysely, sql } from 'kysely';
import type { Hint } from '../domain/hint.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Database } from './database.ts';
import type { InboxStore, ReadyRecord, WaitingHints } from './inbox-store.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';

export function inboxStore(database: Database): InboxStore {
  return {
    add: async (connection, hints, now) =>
      hints.length === 0
        ? 0
        : await database.transaction((trx) => addHints(trx, connection, hints, now)),
    ready: (connection, select) => database.query((db) => loadReady(db, connection, select)),
    done: async (connection, records) => {
      if (records.length === 0) return;
      await database.transaction((trx) => markDone(trx, connection, records));
    },
    waiting: () => database.query(loadWaiting),
    purge: (before) =>
      database.transaction(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('inbox')
          .where('arrived_at', '<', before)
          .executeTakeFirst();
        return Number(numDeletedRows);
      }),
  };
}

async function addHints(
  db: Kysely<Tables>,
  connection: ConnectionId,
  hints: readonly Hint[],
  now: Instant,
): Promise<number> {
  const columns = { key: 'text', object: 'text', id: 'text', kind: 'text', at: 'timestamptz' };
  // In the order of keys, so that two deliveries of the same events wait for each other in one order.
  const { rows } = await sql`
    insert into inbox (connection_id, key, object, record_id, kind, at, arrived_at)
    select ${connection}, key, object, id, kind, at, ${now}::timestamptz
    from ${recordset(hints, columns)} order by key
    on conflict (connection_id, key) do nothing returning position`.execute(db);
  return rows.length;
}

/**
 * A hint that came in later than now and a while was written by a clock that went wrong, or is read by
 * one: it does not wait until that time is reached.
 */
async function loadReady(
  db: Kysely<Tables>,
  connection: ConnectionId,
  { now, debounceMs, maxWaitMs, limit }: Parameters<InboxStore['ready']>[1],
): Promise<readonly ReadyRecord[]> {
  const at = Date.parse(now);
  const moment = (ms: number) => new Date(ms).toISOString();
  const { rows } = await sql<ReadyRecord>`
    select object, record_id as id, array_agg(distinct kind order by kind) as kinds,
      count(*) as hints, min(arrived_at) as "arrivedAt", min(at) as at, max(position) as "upTo"
    from inbox where connection_id = ${connection} and not is_done
    group by object, record_id
    having max(arrived_at) <= ${moment(at - debounceMs)}::timestamptz
      or max(arrived_at) > ${moment(at + debounceMs)}::timestamptz
      or min(arrived_at) <= ${moment(at - maxWaitMs)}::timestamptz
    order by min(position) limit ${limit}`.execute(db);
  return rows;
}

/**
 * By arrival number: whatever has one up to that of `ready` had happened before `ready` was asked, so
 * the look after it has seen that too.
 */
async function markDone(
  db: Kysely<Tables>,
  connection: ConnectionId,
  records: readonly ReadyRecord[],
): Promise<void> {
  const columns = { object: 'text', id: 'text', upTo: 'bigint' };
  await sql`
    update inbox set is_done = true from ${recordset(records, columns)}
    where inbox.connection_id = ${connection} and not inbox.is_done
      and inbox.object = r.object and inbox.record_id = r.id
      and inbox.position <= r."upTo"`.execute(db);
}

async function loadWaiting(db: Kysely<Tables>): Promise<readonly WaitingHints[]> {
  const { rows } = await sql<WaitingHints>`
    select connection_id as connection, count(*) as hints,
      count(distinct (object, record_id)) as records, min(arrived_at) as "oldestAt"
    from inbox where not is_done group by connection_id order by connection_id`.execute(db);
  return rows;
}
