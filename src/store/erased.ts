import { sql, type Transaction } from 'kysely';
import type { Deal } from '../domain/deal.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { anyOf } from './live.ts';
import type { StoredPage } from './pull-store.ts';
import type { Tables } from './schema.ts';

type Records = Pick<StoredPage, 'customers' | 'deals' | 'removals'>;

/** Those of them that never come back. */
export async function loadErased(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<ReadonlySet<RecordId>> {
  if (ids.length === 0) return new Set();
  const rows = await trx
    .selectFrom('customers')
    .select('id')
    .where('connection_id', '=', connection)
    .where('id', '=', anyOf([...new Set(ids)]))
    .where('gone', '=', 'erased')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Who was erased is not stored again, nor that a deal is theirs. */
export function withoutErased(page: Records, erased: ReadonlySet<RecordId>): Records {
  if (erased.size === 0) return page;
  const alone = new Set(ofErasedAlone(page.deals, erased));
  return {
    ...page,
    customers: page.customers.filter(({ id }) => !erased.has(id)),
    deals: page.deals.map((deal) => ({
      ...(alone.has(deal.id) ? cleared(deal) : deal),
      customers: deal.customers?.filter(({ id }) => !erased.has(id)) ?? null,
    })),
  };
}

/** What leads back to whom it was of is left out. */
export function cleared(deal: Deal): Deal {
  return { ...deal, reference: null, products: null };
}

export function ofErasedAlone(
  deals: readonly Deal[],
  erased: ReadonlySet<RecordId>,
): readonly RecordId[] {
  return deals
    .filter(({ customers }) => customers?.length && customers.every(({ id }) => erased.has(id)))
    .map(({ id }) => id);
}

/** So that a later page, which does not say whose they are, brings nothing back. */
export async function markCleared(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update deals set is_cleared = true
    where connection_id = ${connection} and id = any(${ids}::text[]) and not is_cleared`.execute(
    trx,
  );
}
