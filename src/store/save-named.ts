import { type Kysely, sql } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Author } from './author.ts';
import type { Database } from './database.ts';
import { type Touched, touchedIds } from './dirty.ts';
import { lockPages } from './page-lock.ts';
import type { NamedEffect, NamedPage } from './pull-store.ts';
import { saveRecords, tellsNewMerge } from './save-page.ts';
import type { Tables } from './schema.ts';

/** Stores records that were read by name; they count as seen by the pull of before they were read. */
export async function saveNamed(
  database: Database,
  connection: ConnectionId,
  page: NamedPage,
  author: Author,
): Promise<NamedEffect> {
  const alone = await database.query((db) => tellsNewMerge(db, connection, page));
  return database.transaction(async (trx) => {
    const { complete, ...mark } = await lockPages(trx, connection, alone);
    const seen = { ...mark, seq: page.mark, complete: mark.seq === page.mark ? complete : [] };
    const { effect, touched } = await saveRecords(trx, connection, page, {
      ...{ ...seen, author, receipts: page.receipts },
    });
    return { ...effect, touched: await idsOf(trx, connection, touched) };
  });
}

async function idsOf(
  db: Kysely<Tables>,
  connection: ConnectionId,
  touched: Touched,
): Promise<readonly RecordId[]> {
  const ids = touchedIds(connection, touched);
  if (ids === null) return [];
  const { rows } = await sql<{ id: RecordId }>`
    select distinct id from (${ids}) as touched (id) order by id`.execute(db);
  return rows.map((row) => row.id);
}

/** Counts the connection's pulls. */
export async function loadMark(db: Kysely<Tables>, connection: ConnectionId): Promise<number> {
  const pull = await db
    .selectFrom('pulls')
    .select('seq')
    .where('connection_id', '=', connection)
    .executeTakeFirst();
  return pull?.seq ?? 0;
}
