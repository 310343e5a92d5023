import { type Kysely, sql } from 'kysely';
import type { Deal, DealCustomer } from '../domain/deal.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { toCustomer } from './customer-rows.ts';
import { dealFields, toDeal } from './deal-rows.ts';
import { anyOf, liveCustomers } from './live.ts';
import type { CustomerWithDeals } from './record-store.ts';
import type { Tables } from './schema.ts';

type Rows = readonly Parameters<typeof toCustomer>[0][];
type Links = ReadonlyMap<RecordId, readonly DealCustomer[]>;

/**
 * Customers with their deals: three more statements, however many there are. Each asks for rows by
 * key and joins nothing: a join of this size reads the whole table on every page.
 */
export async function withDeals(
  db: Kysely<Tables>,
  connection: ConnectionId,
  rows: Rows,
): Promise<readonly CustomerWithDeals[]> {
  if (rows.length === 0) return [];
  const links = await loadLinks(
    db,
    connection,
    rows.map(({ id }) => id),
  );
  const deals = await loadDeals(db, connection, links);
  const byCustomer = new Map<RecordId, Deal[]>(rows.map(({ id }) => [id, []]));
  for (const deal of deals) {
    for (const { id } of deal.customers ?? []) byCustomer.get(id)?.push(deal);
  }
  return rows.map((row) => ({ customer: toCustomer(row), deals: byCustomer.get(row.id) ?? [] }));
}

/** Live deals, each once, by closedAt then id. */
async function loadDeals(
  db: Kysely<Tables>,
  connection: ConnectionId,
  links: Links,
): Promise<readonly Deal[]> {
  if (links.size === 0) return [];
  const rows = await db
    .selectFrom('deals')
    .select(dealFields)
    .where('deals.connection_id', '=', connection)
    .where('deals.gone', 'is', null)
    .where('deals.id', '=', anyOf([...links.keys()]))
    .orderBy('deals.closed_at', (order) => order.asc().nullsLast())
    .orderBy('deals.id')
    .execute();
  return rows.map((row) => toDeal(row, links.get(row.id) ?? []));
}

/** The live customers of every deal that one of `live` has, by deal. */
async function loadLinks(
  db: Kysely<Tables>,
  connection: ConnectionId,
  live: readonly RecordId[],
): Promise<Links> {
  const own = sql<string>`any(array(
    select distinct deal_id from deal_links
    where connection_id = ${connection} and customer_id = ${anyOf(live)}))`;
  const rows = await db
    .selectFrom('deal_links')
    .select(['deal_id', 'customer_id', 'is_primary'])
    .where('connection_id', '=', connection)
    .where('deal_id', '=', own)
    .orderBy('deal_id')
    .orderBy('customer_id')
    .execute();
  const known = new Set(live);
  const others = rows.map((row) => row.customer_id).filter((id) => !known.has(id));
  const all = new Set([...live, ...(await loadLive(db, connection, others))]);
  const groups = Map.groupBy(
    rows.filter((row) => all.has(row.customer_id)),
    (row) => row.deal_id,
  );
  return new Map([...groups].map(([deal, group]) => [deal, group.map(toLink)]));
}

async function loadLive(
  db: Kysely<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<readonly RecordId[]> {
  if (ids.length === 0) return [];
  const rows = await liveCustomers(db, connection)
    .select('customers.id')
    .where('customers.id', '=', anyOf([...new Set(ids)]))
    .execute();
  return rows.map(({ id }) => id);
}

function toLink(row: { readonly customer_id: string; readonly is_primary: boolean }): DealCustomer {
  return { id: row.customer_id, primary: row.is_primary };
}
