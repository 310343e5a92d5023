import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import { leaseLost } from './errors.ts';
import type { Tables } from './schema.ts';
import type { Lease, LeaseStore } from './store.ts';

/** Leases count by the database's clock: the machines that compete for one may disagree. */
export function leaseStore(database: Database): LeaseStore {
  return {
    acquire: (connection, holder, ttlMs, dead) =>
      acquire(database, { connection, holder, ttlMs, dead: dead ?? null }),
    renew: (lease, ttlMs) => renew(database, lease, ttlMs),
    release: (lease) => release(database, lease),
  };
}

type Acquired = Awaited<ReturnType<LeaseStore['acquire']>>;

type Claim = {
  readonly connection: ConnectionId;
  readonly holder: string;
  readonly ttlMs: number;
  readonly dead: string | null;
};

async function acquire(database: Database, claim: Claim): Promise<Acquired> {
  const { connection, holder } = claim;
  const fence = await take(database, claim);
  if (fence !== null) return { status: 'acquired', lease: { connection, holder, fence } };
  const held = await database.query((db) =>
    db
      .selectFrom('leases')
      .select(['holder', 'expires_at'])
      .where('connection_id', '=', connection)
      .executeTakeFirst(),
  );
  if (held?.holder == null) return acquire(database, claim);
  return { status: 'held', holder: held.holder, expiresAt: held.expires_at };
}

async function take(
  database: Database,
  { connection, holder, ttlMs, dead }: Claim,
): Promise<number | null> {
  const row = await database.transaction(async (trx) => {
    await waitForWrites(trx, connection, dead);
    return trx
      .insertInto('leases')
      .values({ connection_id: connection, holder, fence: 1, expires_at: inMs(ttlMs) })
      .onConflict((conflict) =>
        conflict
          .column('connection_id')
          .doUpdateSet({ holder, fence: sql`leases.fence + 1`, expires_at: inMs(ttlMs) })
          .where((where) =>
            where.or([
              where('leases.holder', 'is', null),
              where('leases.expires_at', '<=', sql<string>`now()`),
              where('leases.holder', '=', dead),
            ]),
          ),
      )
      .returning('fence')
      .executeTakeFirst();
  });
  return row?.fence ?? null;
}

/** What the former holder has begun to write ends first, well or not; it begins nothing after. */
async function waitForWrites(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  dead: string | null,
): Promise<void> {
  await sql`
    select fence from leases where connection_id = ${connection}
    and (holder is null or expires_at <= now() or holder = ${dead}::text)
    for update`.execute(trx);
}

async function renew(database: Database, lease: Lease, ttlMs: number): Promise<void> {
  const { numUpdatedRows } = await database.transaction((trx) =>
    trx
      .updateTable('leases')
      .set({ expires_at: inMs(ttlMs) })
      .where('connection_id', '=', lease.connection)
      .where('holder', '=', lease.holder)
      .where('fence', '=', lease.fence)
      .executeTakeFirst(),
  );
  if (numUpdatedRows === 0n) throw leaseLost(lease.connection, lease.holder);
}

/** A lease that somebody else took over stays theirs. */
async function release(database: Database, lease: Lease): Promise<void> {
  await database.transaction((trx) =>
    trx
      .updateTable('leases')
      .set({ holder: null })
      .where('connection_id', '=', lease.connection)
      .where('holder', '=', lease.holder)
      .where('fence', '=', lease.fence)
      .execute(),
  );
}

function inMs(ttlMs: number): RawBuilder<string> {
  return sql<string>`now() + ${ttlMs}::double precision * interval '1 millisecond'`;
}
