import { type Kysely, sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { anyOf } from './live.ts';
import type { Tables } from './schema.ts';

/** The number of the last receipt of any connection; 0: there is none. */
export async function loadLastReceipt(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select case when is_called then last_value else 0 end as last from receipt_numbers`.execute(db);
  return rows[0]?.last ?? 0;
}

/**
 * Of these customers those whom we wrote to after a receipt. A receipt is numbered after the CRM
 * answered: whoever was read later than it shows what it was for. The rows must be locked, so that no
 * receipt is being saved.
 */
export async function loadWrittenSince(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  receipt: number,
  ids: readonly RecordId[],
): Promise<ReadonlySet<RecordId>> {
  if ((await loadLastReceipt(trx)) <= receipt) return new Set();
  const rows = await trx
    .selectFrom('plan_changes as c')
    .innerJoin('plans as p', 'p.id', 'c.plan_id')
    .select('c.customer_id as id')
    .where('c.outcome', '=', 'applied')
    .where('c.done_no', '>', receipt)
    .where('p.connection_id', '=', connection)
    .where('c.customer_id', '=', anyOf(ids))
    .execute();
  return new Set(rows.map(({ id }) => id));
}
