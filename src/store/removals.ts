import { sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Removal } from '../domain/removal.ts';
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
): Promise<Removed> {
  const customers: RecordId[] = [];
  const touched: RecordId[] = [];
  for (const kind of ['archived', 'merged', 'erased'] as const) {
    const ids = (object: Removal['object']) =>
      removals.filter((one) => one.object === object && one.kind === kind).map(({ id }) => id);
    customers.push(...(await removeCustomers(trx, connection, ids('customers'), kind)));
    touched.push(...(await removeDeals(trx, connection, ids('deals'), kind)));
  }
  return { customers, touched };
}

/** Returns those that were live until now. Their scores and memberships go with them. */
export async function removeCustomers(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
  kind: Gone,
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
    update customers set gone = ${kind}${kind === 'erased' ? emptied : sql``}
    where connection_id = ${connection} and id = any(${ids}::text[])
    and gone is distinct from 'erased'`.execute(trx);
  await forgetResults(trx, connection, ids);
  if (kind === 'erased') await forgetChanges(trx, connection, ids);
  return were.map(({ id }) => id);
}

const emptied = sql`, previous_ids = '[]', external_id = null, email = null, name = null,
  country = null, birthday = null, referred_by = null, events_invited = null,
  events_attended = null, phone = null, feedback = null, attributes = '{}', opted_out = false,
  email_key = null, phone_key = null, name_key = null, created_at = null, held = '{}', content = ''`;

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

/** What plans say about an erased person is personal as well. */
async function forgetChanges(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<void> {
  await sql`
    with memberships as (
      delete from plan_memberships using plans
      where plans.id = plan_id and plans.connection_id = ${connection}
      and customer_id = any(${ids}::text[]))
    delete from plan_changes using plans
    where plans.id = plan_id and plans.connection_id = ${connection}
    and customer_id = any(${ids}::text[])`.execute(trx);
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
