import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { FieldValues } from '../domain/field.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { countRecords } from './counts.ts';
import { coverage } from './coverage.ts';
import { customerFields, withoutEmpty } from './customer-rows.ts';
import type { Database } from './database.ts';
import { dealsOf } from './deals-of.ts';
import { duplicates, spreadDuplicates } from './duplicates.ts';
import { anyOf, liveCustomers } from './live.ts';
import type { RecordStore, Whom } from './record-store.ts';
import { recordset } from './recordset.ts';
import { referrals, spreadReferrals } from './referrals.ts';
import type { Tables } from './schema.ts';
import { unattributed } from './unattributed.ts';
import { withDeals } from './with-deals.ts';

/** Customers and deals as scoring reads them. */
export function recordStore(database: Database): RecordStore {
  return {
    counts: (connection) => database.query((db) => countRecords(db, connection)),
    unattributed: (connection) => database.query((db) => unattributed(db, connection)),
    page: (connection, select) => database.query((db) => loadPage(db, connection, select)),
    byIds: (connection, ids) => database.query((db) => loadByIds(db, connection, ids)),
    externalIds: (connection, ids) => database.query((db) => loadExternalIds(db, connection, ids)),
    dirty: (connection, ids) => database.query((db) => loadDirty(db, connection, ids)),
    find: (connection, text) => database.query((db) => find(db, connection, text)),
    saveHeld: (connection, held) => saveHeld(database, connection, held),
    spreadDirty: (connection, together = [connection]) =>
      database.transaction(async (trx) => {
        await spreadReferrals(trx, connection, together);
        await spreadDuplicates(trx, connection);
      }),
    duplicates: (connection) => database.query((db) => duplicates(db, connection)),
    referrals: (connection) => database.query((db) => referrals(db, connection)),
    dealsOf: (connection, customers) => database.query((db) => dealsOf(db, connection, customers)),
    coverage: (connection) => database.query((db) => coverage(db, connection)),
  };
}

async function loadPage(
  db: Kysely<Tables>,
  connection: ConnectionId,
  select: Parameters<RecordStore['page']>[1],
) {
  const base = liveCustomers(db, connection).select(customerFields);
  const after = select.after === null ? base : base.where('customers.id', '>', select.after);
  const chosen =
    select.whom === 'all'
      ? after
      : after.where('customers.id', 'in', dueIds(connection, select.after, select.whom));
  const rows = await chosen.orderBy('customers.id').limit(select.limit).execute();
  return withDeals(db, connection, rows);
}

/** Bounded from below like the page itself: later pages look at fewer and fewer. */
function dueIds(
  connection: ConnectionId,
  after: RecordId | null,
  whom: Exclude<Whom, 'all'>,
): RawBuilder<RecordId> {
  const of = sql`connection_id = ${connection}
    ${after === null ? sql`` : sql`and customer_id > ${after}`}`;
  const dirty = sql`select customer_id from dirty_customers where ${of}`;
  if (whom === 'dirty') return sql`(${dirty})`;
  return sql`(${dirty} union
    select customer_id from scores where ${of} and next_change_on <= ${whom.dueOn}::date)`;
}

async function loadByIds(db: Kysely<Tables>, connection: ConnectionId, ids: readonly RecordId[]) {
  const rows = await liveCustomers(db, connection)
    .select(customerFields)
    .where('customers.id', '=', anyOf(ids))
    .orderBy('customers.id')
    .execute();
  return withDeals(db, connection, rows);
}

async function loadDirty(db: Kysely<Tables>, connection: ConnectionId, ids: readonly RecordId[]) {
  const rows = await db
    .selectFrom('dirty_customers')
    .select('customer_id')
    .where('connection_id', '=', connection)
    .where('customer_id', '=', anyOf(ids))
    .orderBy('customer_id')
    .execute();
  return rows.map((row) => row.customer_id);
}

/** A record's id of before a merge finds the record it became; CRMs keep e-mails in lower case. */
async function find(db: Kysely<Tables>, connection: ConnectionId, text: string) {
  const rows = await liveCustomers(db, connection)
    .select(customerFields)
    .where((where) =>
      where.or([
        where('customers.id', '=', text),
        where('customers.external_id', '=', text),
        where('customers.email', 'in', [text, text.toLowerCase()]),
        where(
          'customers.id',
          '=',
          db
            .selectFrom('customer_aliases')
            .select('new_id')
            .where('connection_id', '=', connection)
            .where('old_id', '=', text),
        ),
      ]),
    )
    .orderBy('customers.id')
    .execute();
  return withDeals(db, connection, rows);
}

async function saveHeld(
  database: Database,
  connection: ConnectionId,
  held: ReadonlyMap<RecordId, FieldValues>,
): Promise<void> {
  const rows = [...held].map(([id, values]) => ({ id, held: withoutEmpty(values) }));
  if (rows.length === 0) return;
  await database.transaction((trx) =>
    sql`
      update customers set held = r.held from ${recordset(rows, { id: 'text', held: 'jsonb' })}
      where customers.connection_id = ${connection} and customers.id = r.id
      and customers.gone is null and customers.held <> r.held`.execute(trx),
  );
}

async function loadExternalIds(
  db: Kysely<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, string>> {
  const rows = await liveCustomers(db, connection)
    .select(['id', 'external_id'])
    .where('id', '=', anyOf(ids))
    .where('external_id', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.external_id ?? '']));
}
