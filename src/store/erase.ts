import { sql, type Transaction } from 'kysely';
import type { AuditFact } from '../domain/audit.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Author } from './author.ts';
import { clearDeals } from './erase-deals.ts';
import { eraseDetails } from './erase-details.ts';
import { scrubDocuments } from './erase-documents.ts';
import { leaveGroups } from './erase-partners.ts';
import type { Who } from './erased-who.ts';
import type { Erased } from './erasure-store.ts';
import type { Tables } from './schema.ts';
import { scrubText } from './scrub.ts';

/** What an erasure did, and whom else it concerns. */
export type Erasing = Erased & {
  /** Customers they shared deals with, whose part of those is another now. */
  readonly touched: readonly RecordId[];
};

/** Who erases, and what the log is to say of it: nothing personal. */
export type ErasedBy = Author & { readonly facts: AuditFact['facts'] };

/**
 * Takes persons out of every table. What stays is a tombstone: the record's number in the CRM and that
 * it was erased. A number alone says nothing of anybody: once the CRM has deleted the record it leads
 * nowhere, and until then only whoever holds the CRM's own data can follow it. A hash in its place
 * would hide nothing, for numbers can be tried one by one, while what it keeps out (the same record,
 * by the next page or webhook) comes with that very number.
 */
export async function eraseCustomers(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  named: readonly RecordId[],
  { actor, now, facts }: ErasedBy,
): Promise<Erasing> {
  const who = await whoIs(trx, connection, named);
  const partners = await leaveGroups(trx, who);
  const { deals, touched, references } = await clearDeals(trx, who);
  const referred = await forgetReferrer(trx, who);
  // First, for it leaves of plans what the log vouches for.
  const told = scrubFacts(facts, who);
  await eraseDetails(trx, connection, who.ids, { actor, at: now(), facts: told });
  const rows = await forgetRows(trx, who);
  const documents = await scrubDocuments(trx, { ...who, references, partners });
  await putTombstones(trx, who);
  await trx
    .insertInto('erasures')
    .values({ connection_id: connection, uncleaned: 1 })
    .onConflict((conflict) =>
      conflict.column('connection_id').doUpdateSet({ uncleaned: sql`erasures.uncleaned + 1` }),
    )
    .execute();
  const { ids } = who;
  return { ids, rows: { ...rows, ...documents }, deals, referred, partners, touched };
}

/** What somebody typed as the reason may name them. */
function scrubFacts(facts: AuditFact['facts'], { values }: Who): AuditFact['facts'] {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [
      key,
      typeof value === 'string' ? scrubText(value, { values }) : value,
    ]),
  );
}

/** Records merged into theirs are theirs; those they were merged into are somebody who is there. */
async function whoIs(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  named: readonly RecordId[],
): Promise<Who> {
  const { rows } = await sql<{ id: RecordId; values: readonly (string | null)[] | null }>`
    select ids.id, case when c.id is null then null
      else jsonb_build_array(c.email, c.phone, c.name, c.external_id) end as values
    from (
      select unnest(${named}::text[]) collate "C"
      union select old_id from customer_aliases
      where connection_id = ${connection} and new_id = any(${named}::text[])) ids (id)
    left join customers c on c.connection_id = ${connection} and c.id = ids.id
    order by ids.id`.execute(trx);
  const values = rows.flatMap((row) => row.values ?? []);
  return {
    connection,
    ids: rows.map(({ id }) => id),
    values: [...new Set(values.filter((value) => value !== null && value.trim() !== ''))].flatMap(
      (value) => value ?? [],
    ),
  };
}

/** Who was brought by them keeps no word of it. The row counts as it did, so that it is not read anew. */
async function forgetReferrer(
  trx: Transaction<Tables>,
  { connection, ids, values }: Who,
): Promise<number> {
  const names = [...ids, ...values].map((name) => name.toLowerCase());
  const { numAffectedRows } = await sql`
    update customers set referred_by = null
    where connection_id = ${connection} and lower(referred_by) = any(${names}::text[])`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}

type Place = { readonly table: string; readonly columns: readonly string[] };

/**
 * Every table whose rows name a customer: by a connection or by a plan. Which they are the database
 * itself knows, so that one that is made later is not left out.
 */
async function forgetRows(trx: Transaction<Tables>, who: Who): Promise<Record<string, number>> {
  const { connection, ids } = who;
  const done: Record<string, number> = {};
  for (const { table, columns } of await placesOf(trx)) {
    const of = columns.includes('connection_id')
      ? sql`connection_id = ${connection}`
      : sql`plan_id in (select id from plans where connection_id = ${connection})`;
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)}
      where ${of} and customer_id = any(${ids}::text[])`.execute(trx);
    if (Number(numAffectedRows ?? 0) > 0) done[table] = Number(numAffectedRows);
  }
  const { numAffectedRows } = await sql`
    delete from inbox where connection_id = ${connection} and object = 'customers'
    and record_id = any(${ids}::text[])`.execute(trx);
  if (Number(numAffectedRows ?? 0) > 0) done['inbox'] = Number(numAffectedRows);
  await sql`
    delete from customer_aliases
    where connection_id = ${connection} and new_id = any(${ids}::text[])`.execute(trx);
  return done;
}

async function placesOf(trx: Transaction<Tables>): Promise<readonly Place[]> {
  const { rows } = await sql<Place>`
    select c.table_name as table, jsonb_agg(c.column_name) as columns
    from information_schema.columns c join information_schema.tables t
      using (table_schema, table_name)
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
    group by c.table_name
    having bool_or(c.column_name = 'customer_id')
      and bool_or(c.column_name in ('connection_id', 'plan_id'))
    order by 1`.execute(trx);
  return rows;
}

/** Made also for who was never seen: a page that was read before may still bring them. */
async function putTombstones(trx: Transaction<Tables>, { connection, ids }: Who): Promise<void> {
  await sql`
    with emptied as (
      delete from customers where connection_id = ${connection} and id = any(${ids}::text[]))
    select`.execute(trx);
  await sql`
    insert into customers (connection_id, id, gone, previous_ids, modified_at, held, content, seen_pull)
    select ${connection}, id, 'erased', '[]', 'epoch', '{}', '', 0
    from unnest(${ids}::text[]) as erased (id) order by id`.execute(trx);
}
