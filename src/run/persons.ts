import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KeptOverride } from '../domain/override.ts';
import type { RecordRef } from '../domain/population.ts';
import type { CustomerWithDeals } from '../store/record-store.ts';
import type { RunContext } from './context.ts';

/** What is known of a record, with what people decided of it. */
type KnownRecord = CustomerWithDeals & { readonly overrides: readonly KeptOverride[] };

/** A record of a joined customer in its connection. */
export type PersonRecord = KnownRecord & { readonly connection: ConnectionId };

/** A customer with everything that scoring needs, and the records it has in other connections. */
export type Person = KnownRecord & {
  /** All records in the order of trust, this one among them; empty for whoever is not joined. */
  readonly records: readonly PersonRecord[];
};

/** What persons are read from: the connections that take part, in the order of trust. */
export type PersonSource = Pick<RunContext, 'store'> & {
  readonly together: readonly ConnectionId[];
};

/**
 * Adds to records of one connection what others know of the same customers. `first`: leaves out
 * whoever has a record in an earlier connection, so that each person is met once.
 */
export async function withPartners(
  { store, together }: PersonSource,
  connection: ConnectionId,
  found: readonly CustomerWithDeals[],
  whom: 'all' | 'first' = 'all',
): Promise<readonly Person[]> {
  const rows = await withOverrides(store, connection, found);
  if (together.length === 1) return rows.map((row) => ({ ...row, records: [] }));
  const ids = rows.map(({ customer }) => customer.id);
  const partners = await store.identities.partners(connection, ids, together);
  const earlier = new Set(together.slice(0, together.indexOf(connection)));
  const chosen = rows.filter(
    ({ customer }) =>
      whom === 'all' || !partners.get(customer.id)?.some((ref) => earlier.has(ref.connection)),
  );
  const wanted = chosen.flatMap(({ customer }) => partners.get(customer.id) ?? []);
  const others = await loadPartners({ store, together }, wanted);
  return chosen.map((row) => {
    const own = (partners.get(row.customer.id) ?? []).flatMap(
      ({ connection: other, id }) => others.get(other)?.get(id) ?? [],
    );
    if (own.length === 0) return { ...row, records: [] };
    const all = [{ ...row, connection }, ...own];
    return {
      ...row,
      records: together.flatMap((id) => all.filter((one) => one.connection === id)),
    };
  });
}

/** One statement more for a page. */
async function withOverrides(
  { overrides }: PersonSource['store'],
  connection: ConnectionId,
  rows: readonly CustomerWithDeals[],
): Promise<readonly KnownRecord[]> {
  const ids = rows.map(({ customer }) => customer.id);
  const kept = await overrides.of(connection, ids);
  return rows.map((row) => ({ ...row, overrides: kept.get(row.customer.id) ?? [] }));
}

type Found = ReadonlyMap<ConnectionId, ReadonlyMap<RecordId, PersonRecord>>;

async function loadPartners(
  { store, together }: PersonSource,
  refs: readonly RecordRef[],
): Promise<Found> {
  const found = new Map<ConnectionId, ReadonlyMap<RecordId, PersonRecord>>();
  for (const connection of together) {
    const ids = refs.filter((ref) => ref.connection === connection).map(({ id }) => id);
    if (ids.length === 0) continue;
    const rows = await withOverrides(store, connection, await store.records.byIds(connection, ids));
    const records = rows.map((row) => [row.customer.id, { ...row, connection }] as const);
    found.set(connection, new Map(records));
  }
  return found;
}
