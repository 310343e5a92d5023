import { sql, type Transaction } from 'kysely';
import type { RecordId } from '../domain/ids.ts';
import type { Who } from './erased-who.ts';
import type { Tables } from './schema.ts';

/** What became of the deals of who is erased. */
type DealsCleared = {
  readonly deals: number;
  /** Others who had a part in them. */
  readonly touched: readonly RecordId[];
  /** The numbers of those that were theirs alone, which scores may name. */
  readonly references: readonly string[];
};

type Deal = { readonly id: RecordId; readonly reference: string | null; readonly isAlone: boolean };

/**
 * Deals that were theirs alone lose what leads back to a person: the number, as on an invoice, and what
 * was bought. Day and amount stay, as the firm's own figures: without them revenue would fall by
 * what was earned, and the brake would take the erasure for a loss. Those shared with others are
 * those others' as well.
 */
export async function clearDeals(
  trx: Transaction<Tables>,
  { connection, ids }: Pick<Who, 'connection' | 'ids'>,
): Promise<DealsCleared> {
  const touched = await sharersOf(trx, connection, ids);
  const { rows } = await sql<Deal>`
    select d.id, d.reference, not exists (
        select from deal_links other where other.connection_id = d.connection_id
        and other.deal_id = d.id and not other.customer_id = any(${ids}::text[])) as "isAlone"
    from (
      select distinct deal_id from deal_links
      where connection_id = ${connection} and customer_id = any(${ids}::text[])) theirs
    join deals d on d.connection_id = ${connection} and d.id = theirs.deal_id
    order by d.id for update of d`.execute(trx);
  const alone = rows.filter(({ isAlone }) => isAlone);
  await sql`
    update deals set reference = null, products = null, content = '', is_cleared = true
    where connection_id = ${connection} and id = any(${alone.map(({ id }) => id)}::text[])`.execute(
    trx,
  );
  const references = alone.flatMap(({ id, reference }) => [reference ?? '', id]);
  return { deals: alone.length, touched, references: references.filter((text) => text !== '') };
}

async function sharersOf(
  trx: Transaction<Tables>,
  connection: string,
  ids: readonly RecordId[],
): Promise<readonly RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select distinct other.customer_id as id
    from deal_links mine join deal_links other using (connection_id, deal_id)
    where mine.connection_id = ${connection} and mine.customer_id = any(${ids}::text[])
      and not other.customer_id = any(${ids}::text[])`.execute(trx);
  return rows.map(({ id }) => id);
}
