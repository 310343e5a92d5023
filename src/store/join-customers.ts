import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { IdentityKey } from '../domain/population.ts';
import type { JoinScope } from './identity-store.ts';
import { joinByLaterKey } from './join-by-later-key.ts';
import type { Tables } from './schema.ts';

/** A record's key in one spelling, or null: see `match-keys.ts`. */
const keyColumns: Readonly<Record<IdentityKey, RawBuilder<unknown>>> = {
  externalId: sql`nullif(btrim(external_id), '')`,
  email: sql`email_key`,
  phone: sql`phone_key`,
};

/**
 * Finds the persons among live records: table `join_records` gets a number, its person's number and
 * the key that joined it; `join_findings` what did not fit. Numbers follow the order of trust, a
 * person's is its first record's. Nothing depends on the order in which records were stored.
 */
export async function joinCustomers(
  trx: Transaction<Tables>,
  { by }: JoinScope,
  present: readonly ConnectionId[],
): Promise<void> {
  await loadRecords(trx, by, present);
  await sql`create temp table join_findings (
    kind text, by_key text, against text, nums bigint[]) on commit drop`.execute(trx);
  for (const [at, key] of by.entries()) {
    await sharedValues(trx, key);
    await noteDuplicates(trx, key);
    if (at === 0) await joinByFirstKey(trx, key);
    else await joinByLaterKey(trx, key, by.slice(0, at));
    await sql`drop table join_values`.execute(trx);
  }
}

async function loadRecords(
  trx: Transaction<Tables>,
  by: readonly IdentityKey[],
  present: readonly ConnectionId[],
): Promise<void> {
  const keys = by.map((key) => sql`${keyColumns[key]} as ${sql.ref(key)}`);
  const anyKey = by.map((key) => sql`${keyColumns[key]} is not null`);
  await sql`
    create temp table join_records on commit drop as
    select *, num as person, null::text as by_key from (
      select row_number() over (order by ord, id) as num, connection_id, id, ord, ${sql.join(
        by.map((key) => sql.ref(key)),
      )}
      from (select connection_id, id,
          array_position(${present}::text[], connection_id::text) as ord, ${sql.join(keys)}
        from customers
        where connection_id = any(${present}::text[]) and gone is null
        and (${sql.join(anyKey, sql` or `)})) as live) as numbered`.execute(trx);
  await sql`analyze join_records`.execute(trx);
}

/** Values that several records have: `shared` within a connection, or one in each of several. */
async function sharedValues(trx: Transaction<Tables>, key: IdentityKey): Promise<void> {
  const column = sql.ref(key);
  await sql`
    create temp table join_values on commit drop as
    select value, max(records) > 1 as shared from (
      select ${column} as value, ord, count(*) as records from join_records
      where ${column} is not null group by ${column}, ord) as held
    group by value having max(records) > 1 or count(*) > 1`.execute(trx);
  await sql`analyze join_values`.execute(trx);
}

/** Which of two is meant cannot be told: such a value joins nobody. */
async function noteDuplicates(trx: Transaction<Tables>, key: IdentityKey): Promise<void> {
  await sql`
    insert into join_findings
    select 'duplicate', ${key}, null, array_agg(num order by num)
    from join_values v join join_records r on r.${sql.ref(key)} = v.value
    where v.shared group by v.value`.execute(trx);
}

/** Every value is a person: a record has one. */
async function joinByFirstKey(trx: Transaction<Tables>, key: IdentityKey): Promise<void> {
  const column = sql.ref(key);
  await sql`
    update join_records r set person = found.person, by_key = ${key}
    from (select v.value, min(num) as person
      from join_values v join join_records on ${column} = v.value
      where not v.shared group by v.value) as found
    where r.${column} = found.value`.execute(trx);
}
