import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { type DuplicateGroup, type DuplicateMatch, duplicateMatches } from '../domain/duplicate.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { partnerMarks } from './partner-marks.ts';
import type { RecordStore } from './record-store.ts';
import type { Tables } from './schema.ts';

type Duplicates = Awaited<ReturnType<RecordStore['duplicates']>>;
type Row = { readonly by: DuplicateMatch; readonly ids: readonly RecordId[] };

/** Ids told of a group, however large it is. */
const shownIds = 10;

/** Groups of live records with the same key: one pass and one grouping for each kind of key. */
export async function duplicates(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<Duplicates> {
  const groups = duplicateMatches.map(
    (by) => sql`
      select ${by} as by, json_agg(id order by id) as ids from live
      where ${keyOf(by)} is not null group by ${keyOf(by)} having count(*) > 1`,
  );
  const { rows } = await sql<Row>`
    with ${live(connection)} ${sql.join(groups, sql` union all `)}`.execute(db);
  const found = new Map<RecordId, DuplicateGroup[]>();
  for (const { by, ids } of rows) {
    const group: DuplicateGroup = { by, ids: ids.slice(0, shownIds), size: ids.length };
    for (const id of ids) {
      const others = found.get(id);
      if (others === undefined) found.set(id, [group]);
      else others.push(group);
    }
  }
  return found;
}

/**
 * Marks whoever became a candidate or is none any more since this was last looked at, and
 * remembers the candidates of now: another record's change is all that happened to them.
 */
export async function spreadDuplicates(
  trx: Transaction<Tables>,
  connection: ConnectionId,
): Promise<void> {
  const ids = duplicateMatches.map((by) => {
    const shared = sql`select ${keyOf(by)} from live group by ${keyOf(by)} having count(*) > 1`;
    return sql`select id from live where ${keyOf(by)} in (${shared})`;
  });
  await sql`
    with ${live(connection)},
    found as materialized (${sql.join(ids, sql` union `)}),
    known as materialized (
      select customer_id as id from duplicates where connection_id = ${connection}),
    arrived as (
      insert into duplicates (connection_id, customer_id)
      select ${connection}, id from found where id not in (select id from known)
      returning customer_id as id),
    gone as (
      delete from duplicates where connection_id = ${connection}
      and customer_id in (select id from known except select id from found)
      returning customer_id as id),
    moved as materialized (
      select id from (select id from arrived union all select id from gone) as either_way
      where id in (select id from live)),
    told as (${partnerMarks(connection, sql`select id from moved`)})
    insert into dirty_customers (connection_id, customer_id)
    select ${connection}, id from moved order by id
    on conflict do nothing`.execute(trx);
}

function live(connection: ConnectionId): RawBuilder<unknown> {
  return sql`live as materialized (
    select id, email_key, phone_key, name_key from customers
    where connection_id = ${connection} and gone is null)`;
}

function keyOf(by: DuplicateMatch): RawBuilder<unknown> {
  return sql.ref(`${by}_key`);
}
