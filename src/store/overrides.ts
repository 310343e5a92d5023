import { type Kysely, sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KeptOverride } from '../domain/override.ts';
import type { Database } from './database.ts';
import { inForceOf, keptOverrides } from './override-rows.ts';
import type { FieldWord, NamedCustomer, OverrideStore } from './override-store.ts';
import { markSelected } from './partner-marks.ts';
import type { Tables } from './schema.ts';
import { clearOverride, setOverrides } from './set-overrides.ts';

/** What people decided of single customers. */
export function overrideStore(database: Database): OverrideStore {
  return {
    named: (connection, names) => database.query((db) => loadNamed(db, connection, names)),
    of: (connection, customers) => database.query((db) => loadOf(db, connection, customers)),
    set: (connection, rows, word) =>
      database.transaction((trx) => setOverrides(trx, connection, rows, word)),
    clear: (connection, what, word) =>
      database.transaction((trx) => clearOverride(trx, connection, what, word)),
    inForce: (connection, select = {}) =>
      database.query((db) => loadInForce(db, connection, select)),
    history: (connection, customer) =>
      database.query((db) => loadHistory(db, connection, customer)),
    fieldValues: (connection, attributes) =>
      database.query((db) => loadFieldValues(db, connection, attributes)),
    noteFields: (connection, fields) =>
      database.transaction((trx) => noteFields(trx, connection, fields)),
  };
}

/** By one index each: an `or` of them would read the table for every name. */
async function loadNamed(
  db: Kysely<Tables>,
  connection: ConnectionId,
  names: readonly string[],
): Promise<readonly NamedCustomer[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<NamedCustomer>`
    with asked as (select distinct unnest(${names}::text[]) collate "C" as called),
    found as (
      select called, called as id from asked
      union select asked.called, a.new_id from asked
        join customer_aliases a on a.connection_id = ${connection} and a.old_id = asked.called
      union select asked.called, c.id from asked
        join customers c on c.connection_id = ${connection} and c.external_id = asked.called
      union select asked.called, c.id from asked
        join customers c on c.connection_id = ${connection} and c.email = asked.called
      union select asked.called, c.id from asked
        join customers c on c.connection_id = ${connection} and c.email = lower(asked.called))
    select found.called, c.id, c.external_id as "externalId", c.name
    from found join customers c
      on c.connection_id = ${connection} and c.id = found.id and c.gone is null
    order by found.called, c.id`.execute(db);
  return rows;
}

async function loadOf(
  db: Kysely<Tables>,
  connection: ConnectionId,
  customers: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, readonly KeptOverride[]>> {
  if (customers.length === 0) return new Map();
  return Map.groupBy(await inForceOf(db, connection, customers), ({ now }) => now);
}

async function loadInForce(
  db: Kysely<Tables>,
  connection: ConnectionId,
  { family, lapsing }: NonNullable<Parameters<OverrideStore['inForce']>[1]>,
): Promise<readonly KeptOverride[]> {
  const ofFamily = family === undefined ? sql`` : sql`and o.family = ${family}`;
  const from = lapsing?.from ?? null;
  const within =
    lapsing === undefined
      ? sql``
      : sql`and o.until <= ${lapsing.to}::date
          and (${from}::date is null or o.until >= ${from}::date)`;
  return await keptOverrides(
    db,
    sql`o.connection_id = ${connection} and o.ended_at is null ${ofFamily} ${within}`,
    sql`now, o.family, o.at desc, o.position desc`,
  );
}

async function loadHistory(
  db: Kysely<Tables>,
  connection: ConnectionId,
  customer: RecordId,
): Promise<readonly KeptOverride[]> {
  return await keptOverrides(
    db,
    sql`o.connection_id = ${connection} and o.customer_id in (
      select ${customer}::text union select old_id from customer_aliases
      where connection_id = ${connection} and new_id = ${customer})`,
    sql`o.position`,
  );
}

async function loadFieldValues(
  db: Kysely<Tables>,
  connection: ConnectionId,
  attributes: readonly string[],
): Promise<readonly FieldWord[]> {
  if (attributes.length === 0) return [];
  const { rows } = await sql<FieldWord>`
    select c.id as customer, held.key as attribute, held.value
    from customers c cross join lateral jsonb_each_text(c.attributes) as held
    where c.connection_id = ${connection} and c.gone is null and not c.opted_out
      and c.attributes ?| ${attributes}::text[] and held.key = any(${attributes}::text[])
      and btrim(held.value) <> ''
    order by c.id, held.key`.execute(db);
  return rows;
}

async function noteFields(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  { rules, attributes }: Parameters<OverrideStore['noteFields']>[1],
): Promise<void> {
  const before = await trx
    .selectFrom('override_fields')
    .select(['rules', 'attributes'])
    .where('connection_id', '=', connection)
    .executeTakeFirst();
  if (before?.rules === rules || (before === undefined && attributes.length === 0)) return;
  const concerned = [...new Set([...attributes, ...(before?.attributes ?? [])])];
  await markSelected(
    trx,
    null,
    sql`
    with found as (
      select id from customers
      where connection_id = ${connection} and gone is null
        and attributes ?| ${concerned}::text[])
    select ${connection}::text, id from found
    union select other.connection_id, other.customer_id from found
    join identities mine on mine.connection_id = ${connection} and mine.customer_id = found.id
    join identities other on other.person = mine.person
      and other.connection_id <> mine.connection_id`,
  );
  await sql`
    insert into override_fields (connection_id, rules, attributes)
    values (${connection}, ${rules}, ${attributes}::text[])
    on conflict (connection_id) do update
    set rules = excluded.rules, attributes = excluded.attributes`.execute(trx);
}
