import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import { type Touched, touchedIds } from './dirty.ts';
import type { Tables } from './schema.ts';

/**
 * Leaves a mark for every partner of these customers in another connection, where its next scoring
 * finds it. A mark that is there is touched, so that who takes it waits for what it stands for.
 */
export function partnerMarks(
  connection: ConnectionId,
  ids: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    insert into partner_marks (connection_id, customer_id)
    select distinct other.connection_id, other.customer_id
    from (${ids}) as touched (id)
    join identities mine on mine.connection_id = ${connection} and mine.customer_id = touched.id
    join identities other on other.person = mine.person and other.connection_id <> ${connection}
    order by 1, 2
    on conflict (connection_id, customer_id) do update set customer_id = excluded.customer_id`;
}

/** What a page of a grouped connection means for others. */
export async function tellPartners(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  touched: Touched,
): Promise<void> {
  const ids = touchedIds(connection, touched);
  if (ids !== null) await partnerMarks(connection, ids).execute(trx);
}

/** Notes that customers came, went or changed: who is joined must be found anew. */
export async function noteMoved(trx: Transaction<Tables>, connection: ConnectionId): Promise<void> {
  await trx
    .updateTable('identity_states')
    .set({ moved: true })
    .where('connection_id', '=', connection)
    .where('moved', '=', false)
    .execute();
}

/** Takes over the marks that others left. */
export async function absorbMarks(trx: Transaction<Tables>, own: ConnectionId): Promise<void> {
  await sql`
    with taken as (delete from partner_marks where connection_id = ${own} returning customer_id)
    insert into dirty_customers (connection_id, customer_id)
    select ${own}, customer_id from taken
    where customer_id in (
      select id from customers where connection_id = ${own} and gone is null)
    order by customer_id
    on conflict do nothing`.execute(trx);
}

/** Marks everybody: at once in `own`, for their next scoring in other connections. */
export async function markEverybody(
  trx: Transaction<Tables>,
  own: ConnectionId | null,
  connections: readonly ConnectionId[],
): Promise<void> {
  if (connections.length === 0) return;
  await markSelected(
    trx,
    own,
    sql`select connection_id, id from customers
      where connection_id = any(${connections}::text[]) and gone is null`,
  );
}

/** The same for some. */
export async function markSelected(
  trx: Transaction<Tables>,
  own: ConnectionId | null,
  rows: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    with selected (connection_id, customer_id) as materialized (${rows}),
    mine as (
      insert into dirty_customers (connection_id, customer_id)
      select connection_id, customer_id from selected s where connection_id = ${own}::text
      and exists (select from customers c
        where c.connection_id = s.connection_id and c.id = s.customer_id and c.gone is null)
      order by customer_id
      on conflict do nothing)
    insert into partner_marks (connection_id, customer_id)
    select connection_id, customer_id from selected where connection_id is distinct from ${own}::text
    order by connection_id, customer_id
    on conflict (connection_id, customer_id) do update set customer_id = excluded.customer_id`.execute(
    trx,
  );
}
