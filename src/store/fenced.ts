import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { leaseLost } from './errors.ts';
import type { Tables } from './schema.ts';
import type { Lease } from './store.ts';

/**
 * The same tables for one holder: each writing transaction first makes sure that nobody took the
 * connection over, and keeps it so until it ends, for who takes over waits for it (`leases.ts`). The
 * lock does not keep the holder's own heartbeat out.
 * @throws AssayError `LEASE_LOST`.
 */
export function fencedDatabase(database: Database, lease: Lease): Database {
  return {
    query: database.query,
    transaction: (work) =>
      database.transaction(async (trx) => {
        await ensureHolder(trx, lease);
        return work(trx);
      }),
  };
}

async function ensureHolder(trx: Transaction<Tables>, lease: Lease): Promise<void> {
  const { connection, holder, fence } = lease;
  const { rows } = await sql`
    select fence from leases
    where connection_id = ${connection} and holder = ${holder} and fence = ${fence}
    for key share`.execute(trx);
  if (rows.length === 0) throw leaseLost(connection, holder);
}
