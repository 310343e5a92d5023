import type { Kysely } from 'kysely';
import type { Deal, DealCustomer } from '../domain/deal.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { toCustomer } from './customer-rows.ts';
import { dealFields, toDeal } from './deal-rows.ts';
import { anyOf } from './live.ts';
import type { Tables } from './schema.ts';
import type { CustomerWithDeals } from './store.ts';

type Rows = readonly Parameters<typeof toCustomer>[0][];
type LinkRow = {
  readonly deal_id: string;
  readonly customer_id: string;
  readonly is_primary: boolean;
};

/** Customers with their deals: two more statements, however many there are. */
export async function withDeals(
  db: Kysely<Tables>,
  connection: ConnectionId,
  rows: Rows,
): Promise<readonly CustomerWithDeals[]> {
  if (rows.length === 0) return [];
  const deals = await loadDeals(
    db,
    connection,
    rows.map(({ id }) => id),
  );
  const byCustomer = new Map<RecordId, Deal[]>(rows.map(({ id }) => [id, []]));
  for (const deal of deals) {
    for (const { id } of deal.customers ?? []) byCustomer.get(id)?.push(deal);
  }
  return rows.map((row) => ({ customer: toCustomer(row), deals: byCustomer.get(row.id) ?? [] }));
}

/** Live deals of any of these customers, each once, by closedAt then id. */
async function loadDeals(
  db: Kysely<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<readonly Deal[]> {
  const rows = await db
    .selectFrom('deals')
    .select(dealFields)
    .where('deals.connection_id', '=', connection)
    .where('deals.gone', 'is', null)
    .where('deals.id', 'in', (sub) =>
      sub
        .selectFrom('deal_links')
        .select('deal_id')
        .where('deal_links.connection_id', '=', connection)
        .where('deal_links.customer_id', '=', anyOf(ids)),
    )
    .orderBy('deals.closed_at', (order) => order.asc().nullsLast())
    .orderBy('deals.id')
    .execute();
  const links = await loadLinks(
    db,
    connection,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => toDeal(row, links.get(row.id) ?? []));
}

async function loadLinks(
  db: Kysely<Tables>,
  connection: ConnectionId,
  deals: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, readonly DealCustomer[]>> {
  const rows = await db
    .selectFrom('deal_links')
    .innerJoin('customers', (join) =>
      join
        .onRef('customers.connection_id', '=', 'deal_links.connection_id')
        .onRef('customers.id', '=', 'deal_links.customer_id'),
    )
    .select(['deal_links.deal_id', 'deal_links.customer_id', 'deal_links.is_primary'])
    .where('deal_links.connection_id', '=', connection)
    .where('deal_links.deal_id', '=', anyOf(deals))
    .where('customers.gone', 'is', null)
    .execute();
  return groupLinks(rows);
}

function groupLinks(rows: readonly LinkRow[]): ReadonlyMap<RecordId, readonly DealCustomer[]> {
  const groups = new Map<RecordId, DealCustomer[]>();
  for (const { deal_id, customer_id: id, is_primary: primary } of rows) {
    const group = groups.get(deal_id);
    if (group === undefined) groups.set(deal_id, [{ id, primary }]);
    else group.push({ id, primary });
  }
  for (const group of groups.values()) group.sort((a, b) => (a.id < b.id ? -1 : 1));
  return groups;
}
