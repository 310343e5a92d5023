import { sql, type Transaction } from 'kysely';
import type { Customer } from '../domain/customer.ts';
import type { FieldValues } from '../domain/field.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { customerColumns, isSameHeld, toCustomerRow } from './customer-rows.ts';
import { anyOf } from './live.ts';
import type { PullMark } from './page-lock.ts';
import { names, overwrites, recordset } from './recordset.ts';
import type { Gone, Tables } from './schema.ts';
import { stampSeen } from './seen.ts';
import { loadWrittenSince } from './written-meanwhile.ts';

/** What a set of customers did to the store. */
export type CustomersSaved = {
  readonly changed: readonly RecordId[];
  /** Seen for the first time, or back again. */
  readonly arrived: readonly RecordId[];
  readonly stale: number;
};

type Stored = {
  readonly modified_at: string;
  readonly content: string;
  readonly held: FieldValues;
  readonly gone: Gone | null;
};

type CustomerRow = ReturnType<typeof toCustomerRow>;
type Verdict = 'arrived' | 'changed' | 'renewed' | 'same' | 'stale';

/** @param customers each id once */
export async function saveCustomers(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  customers: readonly Customer[],
  mark: PullMark,
): Promise<CustomersSaved> {
  if (customers.length === 0) return { changed: [], arrived: [], stale: 0 };
  const read = customers.map(toCustomerRow);
  const stored = await lockStored(trx, connection, read);
  const rows = await asWritten(trx, connection, { read, stored, receipts: mark.receipts });
  const judged = rows.map((row) => ({ row, verdict: judge(row, stored.get(row.id)) }));
  const ids = (...verdicts: readonly Verdict[]) =>
    judged.filter(({ verdict }) => verdicts.includes(verdict)).map(({ row }) => row.id);
  const fresh = judged.filter(({ verdict }) => verdict !== 'same' && verdict !== 'stale');
  await upsert(
    trx,
    connection,
    mark,
    fresh.map(({ row }) => row),
  );
  await stampSeen(trx, connection, 'customers', mark, ids('same', 'stale'));
  return {
    changed: ids('arrived', 'changed'),
    arrived: ids('arrived'),
    stale: ids('stale').length,
  };
}

function judge(row: CustomerRow, stored: Stored | undefined): Verdict {
  if (stored === undefined) return 'arrived';
  if (row.modified_at < stored.modified_at) return 'stale';
  if (stored.gone !== null) return 'arrived';
  if (row.content !== stored.content || !isSameHeld(row.held, stored.held)) return 'changed';
  return row.modified_at === stored.modified_at ? 'same' : 'renewed';
}

async function lockStored(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  rows: readonly CustomerRow[],
): Promise<ReadonlyMap<RecordId, Stored>> {
  const ids = rows.map((row) => row.id);
  const stored = await trx
    .selectFrom('customers')
    .select(['id', 'modified_at', 'content', 'held', 'gone'])
    .where('connection_id', '=', connection)
    .where('id', '=', anyOf(ids))
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(stored.map((row) => [row.id, row]));
}

type Read = {
  readonly read: readonly CustomerRow[];
  readonly stored: ReadonlyMap<RecordId, Stored>;
  readonly receipts: number | undefined;
};

/** Whom we wrote to while the page was on its way holds what we wrote, whatever the page shows. */
async function asWritten(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  { read, stored, receipts }: Read,
): Promise<readonly CustomerRow[]> {
  if (receipts === undefined) return read;
  const ids = read.map(({ id }) => id);
  const written = await loadWrittenSince(trx, connection, receipts, ids);
  return read.map((row) => {
    const held = written.has(row.id) ? stored.get(row.id)?.held : undefined;
    return held === undefined ? row : { ...row, held };
  });
}

async function upsert(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  mark: PullMark,
  rows: readonly CustomerRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into customers (connection_id, seen_pull, gone, ${names(customerColumns)})
    select ${connection}, ${mark.seq}::bigint, null, ${names(customerColumns, 'r.')}
    from ${recordset(rows, customerColumns)}
    order by r.id collate "C"
    on conflict (connection_id, id) do update set
      seen_pull = greatest(customers.seen_pull, excluded.seen_pull), gone = null, gone_at = null,
      ${overwrites(customerColumns)}
    where excluded.modified_at >= customers.modified_at`.execute(trx);
}
