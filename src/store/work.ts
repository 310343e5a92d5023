import { type Kysely, sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { AskedRun, Pause, PauseReason, WorkStore } from './work-store.ts';

export function workStore(database: Database): WorkStore {
  return {
    ask: (connection, run, now) => database.transaction((trx) => ask(trx, connection, run, now)),
    asked: (connection) => database.query((db) => loadAsked(db, connection)),
    advance: (connection, asked, { full, isPulled }) =>
      database.transaction((trx) =>
        change(trx, connection, asked, { is_full: full, is_pulled: isPulled }),
      ),
    done: (connection, asked) =>
      database.transaction((trx) =>
        change(trx, connection, asked, { asked_at: null, is_full: false, is_pulled: false }),
      ),
    pause: (connection, reason, now) =>
      database.transaction((trx) => pause(trx, connection, reason, now)),
    resume: (connection) => database.transaction((trx) => resume(trx, connection)),
    paused: (connection) => database.query((db) => loadPause(db, connection)),
  };
}

async function ask(
  db: Kysely<Tables>,
  connection: ConnectionId,
  { full }: { readonly full: boolean },
  now: Instant,
): Promise<void> {
  await db
    .insertInto('work')
    .values({ connection_id: connection, asked_at: now, is_full: full, is_pulled: false })
    .onConflict((conflict) =>
      conflict.column('connection_id').doUpdateSet({
        asked_at: now,
        is_full: sql<boolean>`work.is_full or excluded.is_full`,
        is_pulled: sql<boolean>`work.is_pulled and not excluded.is_full`,
      }),
    )
    .execute();
}

async function loadAsked(db: Kysely<Tables>, connection: ConnectionId): Promise<AskedRun | null> {
  const row = await db
    .selectFrom('work')
    .select(['asked_at as askedAt', 'is_full as full', 'is_pulled as isPulled'])
    .where('connection_id', '=', connection)
    .executeTakeFirst();
  if (row === undefined || row.askedAt === null) return null;
  return { ...row, askedAt: row.askedAt };
}

async function change(
  db: Kysely<Tables>,
  connection: ConnectionId,
  { askedAt }: AskedRun,
  columns: {
    readonly asked_at?: null;
    readonly is_full: boolean;
    readonly is_pulled: boolean;
  },
): Promise<void> {
  await db
    .updateTable('work')
    .set(columns)
    .where('connection_id', '=', connection)
    .where('asked_at', '=', askedAt)
    .execute();
}

async function pause(
  db: Kysely<Tables>,
  connection: ConnectionId,
  reason: PauseReason,
  now: Instant,
): Promise<void> {
  const { code, message, todo } = reason;
  const columns = { paused_at: now, code, message, todo };
  await db
    .insertInto('work')
    .values({ connection_id: connection, is_full: false, is_pulled: false, ...columns })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(columns))
    .execute();
}

async function resume(db: Kysely<Tables>, connection: ConnectionId): Promise<void> {
  await db
    .updateTable('work')
    .set({ paused_at: null, code: null, message: null, todo: null })
    .where('connection_id', '=', connection)
    .where('paused_at', 'is not', null)
    .execute();
}

async function loadPause(db: Kysely<Tables>, connection: ConnectionId): Promise<Pause | null> {
  const row = await db
    .selectFrom('work')
    .select(['paused_at as pausedAt', 'code', 'message', 'todo'])
    .where('connection_id', '=', connection)
    .executeTakeFirst();
  if (row === undefined || row.pausedAt === null) return null;
  const { pausedAt, code, message, todo } = row;
  return { pausedAt, code: code ?? '', message: message ?? '', todo: todo ?? '' };
}
