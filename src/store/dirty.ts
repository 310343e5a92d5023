import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Tables } from './schema.ts';

/** Who must be scored again. */
export type Touched = {
  readonly customers: Iterable<RecordId>;
  /**
   * Customers that came or went: a deal is shared among those there are, so everybody they share a
   * deal with is touched as well.
   */
  readonly sharers: Iterable<RecordId>;
};

/** Rows are marked in the order of ids, so that two pages at once cannot wait for each other. */
export async function markDirty(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  touched: Touched,
): Promise<void> {
  const ids = touchedIds(connection, touched);
  if (ids === null) return;
  await sql`
    insert into dirty_customers (connection_id, customer_id)
    select ${connection}, id from (${ids}) as touched (id)
    order by id
    on conflict do nothing`.execute(trx);
}

/** A select of them all; `null` for nobody. */
export function touchedIds(connection: ConnectionId, touched: Touched): RawBuilder<unknown> | null {
  const customers = [...touched.customers];
  const sharers = [...touched.sharers];
  if (customers.length + sharers.length === 0) return null;
  const shared =
    sharers.length === 0
      ? sql``
      : sql`union select unnest(${sharing(connection)})
    from unnest(${sharers}::text[]) as sharer (id)`;
  return sql`select unnest(${[...customers, ...sharers]}::text[]) collate "C" ${shared}`;
}

/** A subquery a row, so that the planner follows the index even before it has statistics. */
function sharing(connection: ConnectionId): RawBuilder<string[]> {
  return sql`array(
    select other.customer_id from deal_links mine
    join deal_links other using (connection_id, deal_id)
    where mine.connection_id = ${connection} and mine.customer_id = sharer.id)`;
}
