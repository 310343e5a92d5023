import type { Kysely, Transaction } from 'kysely';
import type { ConnectionStop } from '../domain/connection-stop.ts';
import type { ConnectionId } from '../domain/ids.ts';
import { appendAudit } from './append-audit.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { ResumeWord, StopStore } from './stop-store.ts';

export function stopStore(database: Database): StopStore {
  return {
    of: (connection) => database.query((db) => loadStop(db, connection)),
    all: async () => {
      const rows = await database.query((db) =>
        db.selectFrom('stops').selectAll().orderBy('connection_id').execute(),
      );
      return rows.map(toStop);
    },
    stop: (stop) => database.transaction((trx) => saveStop(trx, { ...stop, plan: null })),
    resume: (connection, word) => database.transaction((trx) => resume(trx, connection, word)),
  };
}

async function loadStop(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<ConnectionStop | null> {
  const row = await db
    .selectFrom('stops')
    .selectAll()
    .where('connection_id', '=', connection)
    .executeTakeFirst();
  return row === undefined ? null : toStop(row);
}

/** With its row of the log. */
export async function saveStop(trx: Transaction<Tables>, stop: ConnectionStop): Promise<void> {
  const { connection, at, by, why, plan } = stop;
  const columns = { stopped_at: at, stopped_by: by, why, plan_id: plan };
  await trx
    .insertInto('stops')
    .values({ connection_id: connection, ...columns })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(columns))
    .execute();
  await appendAudit(trx, {
    ...{ kind: 'connection.stopped', connection, actor: by, at, facts: { plan } },
    detail: { customers: [], content: { why } },
  });
}

async function resume(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  { by, at, why }: ResumeWord,
): Promise<ConnectionStop | null> {
  const row = await trx
    .deleteFrom('stops')
    .where('connection_id', '=', connection)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  const facts = { plan: row.plan_id, stoppedAt: row.stopped_at };
  const detail = why === null ? null : { customers: [], content: { why } };
  await appendAudit(trx, { kind: 'connection.resumed', connection, actor: by, at, facts, detail });
  return toStop(row);
}

type StopRow = {
  readonly connection_id: string;
  readonly stopped_at: string;
  readonly stopped_by: string;
  readonly why: string;
  readonly plan_id: string | null;
};

function toStop(row: StopRow): ConnectionStop {
  return {
    connection: row.connection_id,
    at: row.stopped_at,
    by: row.stopped_by,
    why: row.why,
    plan: row.plan_id,
  };
}
