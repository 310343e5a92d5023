import type { Kysely } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Tables } from './schema.ts';

/** Live deals that are linked to any of these customers, each once. */
export async function dealsOf(
  db: Kysely<Tables>,
  connection: ConnectionId,
  customers: readonly RecordId[],
): Promise<readonly RecordId[]> {
  if (customers.length === 0) return [];
  const rows = await db
    .selectFrom('deal_links')
    .innerJoin('deals', (join) =>
      join
        .onRef('deals.connection_id', '=', 'deal_links.connection_id')
        .onRef('deals.id', '=', 'deal_links.deal_id'),
    )
    .select('deals.id')
    .distinct()
    .where('deal_links.connection_id', '=', connection)
    .where('deal_links.customer_id', 'in', [...customers])
    .where('deals.gone', 'is', null)
    .orderBy('deals.id')
    .execute();
  return rows.map(({ id }) => id);
}
