import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { RecordRef } from '../domain/population.ts';
import type { CustomerWithDeals } from '../store/record-store.ts';
import type { RunContext } from './context.ts';

/** A record of a joined customer in its connection. */
export type PersonRecord = CustomerWithDeals & { readonly connection: ConnectionId };

/** A customer with everything that scoring needs, and the records it has in other connections. */
export type Person = CustomerWithDeals & {
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
  rows: readonly CustomerWithDeals[],
  whom: 'all' | 'first' = 'all',
): Promise<readonly Person[]> {
  if (together.length === 1) return rows.map((row) => ({ ...row, records: [] }));
  const ids = rows.map(({ customer }) => customer.id);
  const partners = await store.identities.partners(connection, ids, together);
  const earlier = new Set(together.slice(0, together.indexOf(connection)));
  const chosen = rows.filter(
    ({ customer }) =>
      whom === 'all' || !partners.get(customer.id)?.some((ref) => earlier.has(ref.connection)),
  );
  const wanted = chosen.flatMap(({ customer }) => partners.get(customer.id) ?? []);
  const found = await loadPartners({ store, together }, wanted);
  return chosen.map((row) => {
    const others = (partners.get(row.customer.id) ?? []).flatMap(
      ({ connection: other, id }) => found.get(other)?.get(id) ?? [],
    );
    if (others.length === 0) return { ...row, records: [] };
    const all = [{ ...row, connection }, ...others];
    return {
      ...row,
      records: together.flatMap((id) => all.filter((one) => one.connection === id)),
    };
  });
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
    const rows = await store.records.byIds(connection, ids);
    const records = rows.map((row) => [row.customer.id, { ...row, connection }] as const);
    found.set(connection, new Map(records));
  }
  return found;
}
