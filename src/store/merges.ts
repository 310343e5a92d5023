import { type Kysely, sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { anyOf } from './live.ts';
import type { StoredPage } from './pull-store.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';

/** An id of the past and the record that took its place. */
export type Aliases = ReadonlyMap<RecordId, RecordId>;

/** One merge, as a page tells it. */
export type MergeFact = { readonly old: RecordId; readonly into: RecordId };

export function mergeFacts(page: Pick<StoredPage, 'customers' | 'removals'>): readonly MergeFact[] {
  const named = page.customers.flatMap(({ id, previousIds }) =>
    previousIds.map((old) => ({ old, into: id })),
  );
  const told = page.removals.flatMap(({ object, kind, id, into }) =>
    object === 'customers' && kind === 'merged' && into !== undefined ? [{ old: id, into }] : [],
  );
  return [...told, ...named].filter(({ old, into }) => old !== into);
}

export async function loadAliases(
  db: Kysely<Tables>,
  connection: ConnectionId,
  ids: Iterable<RecordId>,
): Promise<Aliases> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('customer_aliases')
    .select(['old_id', 'new_id'])
    .where('connection_id', '=', connection)
    .where('old_id', '=', anyOf(wanted))
    .execute();
  return new Map(rows.map((row) => [row.old_id, row.new_id]));
}

/**
 * What `facts` add to `known`: each old id with the last record of its chain. A merge that would
 * lead back to itself is left out.
 */
export function newAliases(facts: readonly MergeFact[], known: Aliases): Aliases {
  const added = new Map<RecordId, RecordId>();
  const last = (id: RecordId): RecordId => added.get(id) ?? known.get(id) ?? id;
  for (const { old, into } of facts) {
    const target = last(into);
    if (target === old || last(old) === target) continue;
    for (const [id, to] of added) if (to === old) added.set(id, target);
    added.set(old, target);
  }
  return added;
}

/**
 * Carries merges out: the old records go, their deals and the aliases that led to them lead to the
 * record they became.
 */
export async function saveAliases(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  added: Aliases,
): Promise<void> {
  const pairs = [...added].map(([old_id, new_id]) => ({ old_id, new_id }));
  const merges = recordset(pairs, { old_id: 'text', new_id: 'text' });
  await sql`
    update customer_aliases a set new_id = r.new_id from ${merges}
    where a.connection_id = ${connection} and a.new_id = r.old_id`.execute(trx);
  await sql`
    insert into customer_aliases (connection_id, old_id, new_id)
    select ${connection}, r.old_id, r.new_id from ${merges}
    on conflict (connection_id, old_id) do update set new_id = excluded.new_id`.execute(trx);
  await sql`
    with moved as (
      delete from deal_links l using ${merges}
      where l.connection_id = ${connection} and l.customer_id = r.old_id
      returning l.deal_id, r.new_id, l.is_primary)
    insert into deal_links (connection_id, deal_id, customer_id, is_primary)
    select ${connection}, deal_id, new_id, bool_or(is_primary) from moved
    group by deal_id, new_id order by deal_id, new_id
    on conflict (connection_id, deal_id, customer_id)
    do update set is_primary = deal_links.is_primary or excluded.is_primary`.execute(trx);
}
