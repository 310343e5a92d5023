import { sql, type Transaction } from 'kysely';
import type { DealCustomer } from '../domain/deal.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { anyOf } from './live.ts';
import type { Aliases } from './merges.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';

/** A deal whose customers are others than before. */
export type Relinked = {
  readonly deal: RecordId;
  readonly before: readonly DealCustomer[];
  readonly after: readonly DealCustomer[];
};

/** The customers as they are called today, each once, by id. */
export function toLinks(
  customers: readonly DealCustomer[],
  aliases: Aliases,
): readonly DealCustomer[] {
  const links = new Map<RecordId, boolean>();
  for (const { id, primary } of customers) {
    const today = aliases.get(id) ?? id;
    links.set(today, primary || links.get(today) === true);
  }
  return [...links]
    .map(([id, primary]) => ({ id, primary }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** @param a by id @param b by id */
export function isSameLinks(a: readonly DealCustomer[], b: readonly DealCustomer[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, primary }, at) => id === b[at]?.id && primary === b[at].primary)
  );
}

export async function saveLinks(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  deals: readonly Relinked[],
): Promise<void> {
  if (deals.length === 0) return;
  await dropLinks(trx, connection, deals);
  const rows = deals.flatMap(({ deal, after }) =>
    after.map(({ id, primary }) => ({ deal_id: deal, customer_id: id, is_primary: primary })),
  );
  const columns = { deal_id: 'text', customer_id: 'text', is_primary: 'boolean' };
  await sql`
    insert into deal_links (connection_id, deal_id, customer_id, is_primary)
    select ${connection}, r.deal_id, r.customer_id, r.is_primary from ${recordset(rows, columns)}
    order by r.deal_id collate "C", r.customer_id collate "C"
    on conflict (connection_id, deal_id, customer_id)
    do update set is_primary = excluded.is_primary`.execute(trx);
}

async function dropLinks(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  deals: readonly Relinked[],
): Promise<void> {
  const linked = deals.filter(({ before }) => before.length > 0).map(({ deal }) => deal);
  if (linked.length === 0) return;
  await trx
    .deleteFrom('deal_links')
    .where('connection_id', '=', connection)
    .where('deal_id', '=', anyOf(linked))
    .execute();
}

/** Remembers when the customers of deals were last named whose own row stays as it is. */
export async function stampLinked(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  deals: readonly {
    readonly relinked: boolean;
    readonly row: { readonly id: RecordId; readonly linked_at: string | null };
  }[],
): Promise<void> {
  const rows = deals
    .filter(({ relinked }) => relinked)
    .map(({ row }) => ({ id: row.id, linked_at: row.linked_at }));
  if (rows.length === 0) return;
  await sql`
    update deals set linked_at = r.linked_at
    from ${recordset(rows, { id: 'text', linked_at: 'timestamptz' })}
    where deals.connection_id = ${connection} and deals.id = r.id
    and deals.linked_at is distinct from r.linked_at`.execute(trx);
}
