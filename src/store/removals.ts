import { sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Removal } from '../domain/removal.ts';
import type { Author } from './author.ts';
import { eraseCustomers } from './erase.ts';
import { loadErased } from './erased.ts';
import { anyOf } from './live.ts';
import type { Gone, Tables } from './schema.ts';

/** Customers that went, and customers of deals that went. */
export type Removed = {
  readonly customers: readonly RecordId[];
  readonly touched: readonly RecordId[];
};

export async function saveRemovals(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  removals: readonly Removal[],
  author: Author,
): Promise<Removed> {
  const ids = (object: Removal['object'], kind: Removal['kind']) =>
    removals.filter((one) => one.object === object && one.kind === kind).map(({ id }) => id);
  const customers: RecordId[] = [];
  const touched: RecordId[] = [];
  for (const kind of ['archived', 'merged'] as const) {
    customers.push(...(await removeCustomers(trx, connection, ids('customers', kind), kind)));
    touched.push(...(await removeDeals(trx, connection, ids('deals', kind), kind)));
  }
  touched.push(...(await removeDeals(trx, connection, ids('deals', 'erased'), 'erased')));
  touched.push(...(await eraseAsTold(trx, connection, ids('customers', 'erased'), author)));
  return { customers, touched };
}

/** Returns those that were live until now. Their scores and memberships go with them. */
export async function removeCustomers(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
  kind: Exclude<Gone, 'erased'>,
): Promise<readonly RecordId[]> {
  if (ids.length === 0) return [];
  const were = await trx
    .selectFrom('customers')
    .select('id')
    .where('connection_id', '=', connection)
    .where('id', '=', anyOf(ids))
    .where('gone', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  await sql`
    update customers set gone = ${kind}, gone_at = coalesce(gone_at, now())
    where connection_id = ${connection} and id = any(${ids}::text[])
    and gone is distinct from 'erased'`.execute(trx);
  await forgetResults(trx, connection, ids);
  return were.map(({ id }) => id);
}

async function forgetResults(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<void> {
  const tables = ['signals', 'scores', 'list_members', 'dirty_customers'] as const;
  const deletes = tables.map(
    (table) => sql`${sql.id(`${table}_gone`)} as (delete from ${sql.table(table)}
      where connection_id = ${connection} and customer_id = any(${ids}::text[]))`,
  );
  await sql`with ${sql.join(deletes)} select`.execute(trx);
}

/**
 * The CRM says that they are to be forgotten. Told once: who was erased before is not told again.
 * Returns whom else that concerns.
 */
async function eraseAsTold(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
  author: Author,
): Promise<readonly RecordId[]> {
  const erased = await loadErased(trx, connection, ids);
  const left = ids.filter((id) => !erased.has(id));
  if (left.length === 0) return [];
  const by = { ...author, facts: { asked: 'crm' } };
  return (await eraseCustomers(trx, connection, left, by)).touched;
}

/** Returns the customers of the deals that were live until now. */
export async function removeDeals(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
  kind: Gone,
): Promise<readonly RecordId[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ customer_id: string }>`
    with removed as (
      update deals set gone = ${kind}
      where connection_id = ${connection} and id = any(${ids}::text[]) and gone is null
      returning id)
    select distinct customer_id from deal_links
    where connection_id = ${connection} and deal_id in (select id from removed)`.execute(trx);
  return rows.map((row) => row.customer_id);
}
