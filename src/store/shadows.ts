import { type Kysely, sql } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { ShadowPair, ShadowSnapshot } from '../domain/shadow.ts';
import { begin, end, loadChallenger } from './challenger.ts';
import type { Database } from './database.ts';
import { anyOf } from './live.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';
import type { ShadowStore } from './shadow-store.ts';

export function shadowStore(database: Database): ShadowStore {
  return {
    challenger: () => database.query(loadChallenger),
    begin: (draft) => database.transaction((trx) => begin(trx, draft)),
    end: (word) => database.transaction((trx) => end(trx, word)),
    snapshot: (connection) => database.query((db) => loadSnapshot(db, connection)),
    open: (connection, snapshot) => database.transaction((trx) => open(trx, connection, snapshot)),
    save: async (connection, rows) => {
      if (rows.length > 0) await database.transaction((trx) => save(trx, connection, rows));
    },
    close: async (connection) => {
      await database.transaction((trx) =>
        trx
          .updateTable('shadow_snapshots')
          .set({ is_complete: true })
          .where('connection_id', '=', connection)
          .execute(),
      );
    },
    pairs: (connection, ids) => database.query((db) => loadPairs(db, connection, ids)),
  };
}

async function loadSnapshot(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<ShadowSnapshot | null> {
  const row = await db
    .selectFrom('shadow_snapshots')
    .select(['release', 'as_of as asOf', 'champion', 'currency', 'is_complete as isComplete'])
    .where('connection_id', '=', connection)
    .executeTakeFirst();
  return row ?? null;
}

async function open(
  db: Kysely<Tables>,
  connection: ConnectionId,
  { release, asOf, champion, currency }: Omit<ShadowSnapshot, 'isComplete'>,
): Promise<void> {
  await db.deleteFrom('shadow_scores').where('connection_id', '=', connection).execute();
  await db.deleteFrom('shadow_snapshots').where('connection_id', '=', connection).execute();
  const row = { connection_id: connection, release, as_of: asOf, champion, currency };
  await db
    .insertInto('shadow_snapshots')
    .values({ ...row, is_complete: false })
    .execute();
}

async function save(
  db: Kysely<Tables>,
  connection: ConnectionId,
  rows: Parameters<ShadowStore['save']>[1],
): Promise<void> {
  const columns = { customer: 'text', value: 'integer', tier: 'text' };
  await sql`
    insert into shadow_scores (connection_id, customer_id, as_of, champion_value, champion_tier,
      challenger_value, challenger_tier)
    select ${connection}, s.customer_id, n.as_of, s.value_score, s.tier, r.value, r.tier
    from ${recordset(rows, columns)}
    join scores s on s.connection_id = ${connection} and s.customer_id = r.customer collate "C"
    join shadow_snapshots n on n.connection_id = ${connection}
    where s.value_score is not null or r.value is not null
    on conflict (connection_id, customer_id) do update set
      as_of = excluded.as_of, champion_value = excluded.champion_value,
      champion_tier = excluded.champion_tier, challenger_value = excluded.challenger_value,
      challenger_tier = excluded.challenger_tier`.execute(db);
}

async function loadPairs(
  db: Kysely<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, ShadowPair>> {
  const rows = await db
    .selectFrom('shadow_scores')
    .selectAll()
    .where('connection_id', '=', connection)
    .where('customer_id', '=', anyOf(ids))
    .execute();
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        customer: row.customer_id,
        champion: { value: row.champion_value, tier: row.champion_tier },
        challenger: { value: row.challenger_value, tier: row.challenger_tier },
      },
    ]),
  );
}
