import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { storeNewer } from './errors.ts';
import { migrations } from './migrations/migrations.ts';
import type { Tables } from './schema.ts';

/** Any number, as long as it stays the same. */
const migrationLock = 741_190_001;

/**
 * Brings the tables up to date in one transaction, one process at a time.
 * @throws AssayError `STORE_NEWER` when the database knows migrations that this code does not.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(trx);
    await refuseNewer(trx);
    const provider = { getMigrations: async () => ({ ...migrations }) };
    const { error } = await new Migrator({ db: trx, provider }).migrateToLatest();
    if (error !== undefined) throw error;
  });
}

async function refuseNewer(db: Kysely<Tables>): Promise<void> {
  const table = await sql<{ present: boolean }>`
    select to_regclass('kysely_migration') is not null as present`.execute(db);
  if (table.rows[0]?.present !== true) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const unknown = rows.map((row) => row.name).filter((name) => !(name in migrations));
  if (unknown.length > 0) throw storeNewer(unknown.toSorted());
}
