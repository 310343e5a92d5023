import { sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KnownList } from '../domain/list.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import { loadBegun, noteBegun } from './begun-lists.ts';
import type { Database } from './database.ts';
import type { ListStore } from './list-store.ts';
import { markSelected } from './partner-marks.ts';
import type { Tables } from './schema.ts';

/** Our lists in the CRM, and who is on them as far as we know. */
export function listStore(database: Database, { actor, now }: Author): ListStore {
  return {
    known: (connection) => loadKnown(database, connection),
    begun: (connection) => loadBegun(database, connection),
    begin: (connection, list) => noteBegun(database, connection, list),
    saveKnown: (connection, lists, made = null) =>
      database.transaction(async (trx) => {
        await saveKnown(trx, connection, lists);
        if (made !== null) await appendAudit(trx, { ...made, connection, actor, at: now() });
      }),
    sizes: (connection) => loadSizes(database, connection),
    replaceMembers: (connection, listKey, pages) =>
      replaceMembers(database, connection, listKey, pages),
  };
}

async function loadKnown(database: Database, connection: ConnectionId) {
  const rows = await database.query((db) =>
    db
      .selectFrom('lists')
      .select(['key', 'crm_id', 'name', 'kind', 'status'])
      .where('connection_id', '=', connection)
      .orderBy('key')
      .execute(),
  );
  return rows.flatMap(({ crm_id: crmId, status, ...list }) =>
    status === 'making' ? [] : { ...list, status, crmId },
  );
}

async function saveKnown(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  lists: readonly KnownList[],
): Promise<void> {
  const keys = lists.map(({ key }) => key);
  const rows = lists.map(({ crmId, ...list }) => ({
    connection_id: connection,
    crm_id: crmId,
    key: list.key,
    name: list.name,
    kind: list.kind,
    status: list.status,
  }));
  await trx.deleteFrom('lists').where('connection_id', '=', connection).execute();
  await trx
    .deleteFrom('list_members')
    .where('connection_id', '=', connection)
    .where('list_key', '<>', sql<string>`all(${keys}::text[])`)
    .execute();
  if (rows.length > 0) await trx.insertInto('lists').values(rows).execute();
}

async function loadSizes(database: Database, connection: ConnectionId) {
  const { rows } = await database.query((db) =>
    sql<{ key: string; size: number }>`
      select key, count(customer_id) as size from lists
      left join list_members
      on list_members.connection_id = lists.connection_id and list_members.list_key = lists.key
      where lists.connection_id = ${connection} group by key`.execute(db),
  );
  return Object.fromEntries(rows.map(({ key, size }) => [key, size]));
}

/**
 * Pages come from the network, so no transaction waits for them: they gather beside the members
 * and take their place at the end.
 */
async function replaceMembers(
  database: Database,
  connection: ConnectionId,
  listKey: string,
  pages: AsyncIterable<readonly RecordId[]>,
): Promise<number> {
  await database.transaction((trx) => clear(trx, 'list_member_pages', connection, listKey));
  for await (const ids of pages) {
    await database.transaction((trx) => gather(trx, connection, listKey, ids));
  }
  return database.transaction((trx) => swap(trx, connection, listKey));
}

async function clear(
  trx: Transaction<Tables>,
  table: 'list_members' | 'list_member_pages',
  connection: ConnectionId,
  listKey: string,
): Promise<void> {
  await trx
    .deleteFrom(table)
    .where('connection_id', '=', connection)
    .where('list_key', '=', listKey)
    .execute();
}

async function gather(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  listKey: string,
  ids: readonly RecordId[],
): Promise<void> {
  await sql`
    insert into list_member_pages (connection_id, list_key, customer_id)
    select ${connection}, ${listKey}, unnest(${ids}::text[]) on conflict do nothing`.execute(trx);
}

/**
 * A member named by its id of before a merge is the record it became. Whoever is on the list now and was
 * not, or the other way, is scored again, so that the next plan looks at him whatever becomes of this one.
 */
async function swap(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  listKey: string,
): Promise<number> {
  const were = sql`
    select customer_id from list_members
    where connection_id = ${connection} and list_key = ${listKey}`;
  const are = sql`
    select distinct coalesce(a.new_id, m.customer_id) as customer_id
    from list_member_pages m left join customer_aliases a
    on a.connection_id = m.connection_id and a.old_id = m.customer_id
    where m.connection_id = ${connection} and m.list_key = ${listKey}`;
  const strayed = sql`
    select ${connection}::text collate "C", d.customer_id
    from ((${were} except ${are}) union (${are} except ${were})) d`;
  await markSelected(trx, connection, strayed);
  await clear(trx, 'list_members', connection, listKey);
  const { numAffectedRows } = await sql`
    insert into list_members (connection_id, list_key, customer_id)
    select ${connection}, ${listKey}, r.customer_id from (${are}) r`.execute(trx);
  await clear(trx, 'list_member_pages', connection, listKey);
  return Number(numAffectedRows ?? 0n);
}
