import { sql, type Transaction } from 'kysely';
import type { Receipt } from '../domain/change.ts';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import type { Author } from './author.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';
import { nextBatch, type SavedBatch, savedBatch, tellWrites } from './tell-writes.ts';

const receiptColumns = {
  seq: 'bigint',
  outcome: 'text',
  code: 'text',
  message: 'text',
  modified_at: 'timestamptz',
};

/**
 * The changes are done, the CRM holds what they wrote, the ledger knows when our writes arrived, and
 * the log that they were made. A receipt for a change that is done already does nothing.
 */
export async function saveReceipts(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  id: PlanId,
  marker: string,
  receipts: readonly Receipt[],
  author: Author,
): Promise<void> {
  if (receipts.length === 0) return;
  const { rows } = await sql<SavedBatch>`
    with ${nextBatch}, done as (
      update plan_changes c
      set state = 'done', outcome = r.outcome, code = r.code, message = r.message,
        batch = next.batch, done_at = ${author.now()}, done_no = nextval('receipt_numbers')
      from next, ${recordset(receipts.map(toRow), receiptColumns)}
      where c.plan_id = ${id} and c.seq = r.seq and c.state <> 'done'
      returning c.customer_id, c.fields, c.leaf, c.outcome, c.code, r.modified_at),
    written as (
      select customer_id, jsonb_object_agg(field->>'key', field->'to') as fields
      from done, jsonb_array_elements(fields) field
      where outcome <> 'rejected' group by customer_id),
    held as (
      update customers c set held = jsonb_strip_nulls(c.held || written.fields) from written
      where c.connection_id = ${connection} and c.id = written.customer_id and c.gone is null),
    ledger as (
      insert into own_writes (connection_id, marker, first_at, last_at, count)
      select ${connection}, ${marker}, min(modified_at), max(modified_at), count(*)
      from done where outcome = 'applied' and modified_at is not null
      having count(*) > 0
      on conflict (connection_id, marker) do update set
        first_at = least(own_writes.first_at, excluded.first_at),
        last_at = greatest(own_writes.last_at, excluded.last_at),
        count = own_writes.count + excluded.count)
    ${savedBatch(id)}`.execute(trx);
  await tellWrites(trx, { connection, plan: id, of: 'fields' }, rows, author);
}

function toRow(receipt: Receipt) {
  const { seq, outcome } = receipt;
  return {
    seq,
    outcome,
    code: receipt.outcome === 'rejected' ? receipt.code : null,
    message: receipt.outcome === 'rejected' ? receipt.message : null,
    modified_at: receipt.outcome === 'applied' ? receipt.modifiedAt : null,
  };
}
