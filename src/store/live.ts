import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Tables } from './schema.ts';

/** `any(ids)` with one parameter, whatever their number. */
export function anyOf(ids: readonly RecordId[]): RawBuilder<string> {
  return sql<string>`any(${ids}::text[])`;
}

/** Customers of a connection that are still there. */
export function liveCustomers(db: Kysely<Tables>, connection: ConnectionId) {
  return db
    .selectFrom('customers')
    .where('customers.connection_id', '=', connection)
    .where('customers.gone', 'is', null);
}
