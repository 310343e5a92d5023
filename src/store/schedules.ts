import { type Kysely, sql } from 'kysely';
import { type DueKind, type DueWork, dueKinds } from '../domain/due-work.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Database } from './database.ts';
import type { ScheduleClaim, ScheduleStore } from './schedule-store.ts';
import type { Tables } from './schema.ts';

export function scheduleStore(database: Database): ScheduleStore {
  return {
    claim: (claim) => database.transaction((trx) => claimDue(trx, claim)),
    claimed: (connections) => database.query((db) => loadClaimed(db, connections)),
    due: (connection) => database.query((db) => loadDue(db, connection)),
    waiting: () => database.query(loadWaiting),
    done: (connection, { kind, dueAt }) =>
      database.transaction(async (trx) => {
        await sql`
          update schedules set last_done_at = greatest(last_done_at, ${dueAt}::timestamptz)
          where connection_id = ${connection} and kind = ${kind}`.execute(trx);
      }),
  };
}

/** One statement: of two at the same moment, the second waits for the first and finds its time. */
async function claimDue(
  db: Kysely<Tables>,
  { connection, kind, dueAt, isDoneAtFirst, latest }: ScheduleClaim,
): Promise<boolean> {
  const { rows } = await sql<{ readonly isDue: boolean }>`
    insert into schedules (connection_id, kind, last_due_at, last_done_at)
    values (${connection}, ${kind}, ${dueAt}, ${isDoneAtFirst ? dueAt : null})
    on conflict (connection_id, kind) do update set
      last_due_at = excluded.last_due_at,
      last_done_at = case when schedules.last_due_at > ${latest}::timestamptz then null
        else schedules.last_done_at end
    where schedules.last_due_at < excluded.last_due_at
      or schedules.last_due_at > ${latest}::timestamptz
    returning (last_done_at is null or last_done_at < last_due_at) as "isDue"`.execute(db);
  return rows[0]?.isDue === true;
}

async function loadClaimed(
  db: Kysely<Tables>,
  connections: readonly ConnectionId[],
): Promise<ReadonlyMap<ConnectionId, ReadonlyMap<DueKind, Instant>>> {
  const rows = await db
    .selectFrom('schedules')
    .select(['connection_id', 'kind', 'last_due_at'])
    .where('connection_id', '=', sql<string>`any(${connections}::text[])`)
    .execute();
  const byConnection = Map.groupBy(rows, (row) => row.connection_id);
  return new Map(
    [...byConnection].map(([connection, own]) => [
      connection,
      new Map(own.map((row) => [row.kind, row.last_due_at])),
    ]),
  );
}

async function loadDue(db: Kysely<Tables>, connection: ConnectionId): Promise<readonly DueWork[]> {
  const rows = await db
    .selectFrom('schedules')
    .select(['kind', 'last_due_at as dueAt'])
    .where('connection_id', '=', connection)
    .where(isOpen)
    .execute();
  const rank = (kind: DueKind) => dueKinds.indexOf(kind);
  return rows.toSorted((one, other) => rank(one.kind) - rank(other.kind));
}

async function loadWaiting(db: Kysely<Tables>): Promise<readonly ConnectionId[]> {
  const { rows } = await sql<{ readonly connection: ConnectionId }>`
    select connection_id as connection from schedules where ${isOpen}
    union select connection_id from work where asked_at is not null
    union select connection_id from inbox where not is_done
    union select connection_id from pulls where is_open
    union select connection_id from plans
      where status = 'applying' or (status = 'ready' and decision is not null)
    order by connection`.execute(db);
  return rows.map(({ connection }) => connection);
}

const isOpen = sql<boolean>`(last_done_at is null or last_done_at < last_due_at)`;
