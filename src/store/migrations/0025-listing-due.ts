import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Everything is to be read again, by a pull that begins after this one. */
export const listingDue: Migration = {
  up: async (db) => {
    await sql.raw('alter table pulls add column listing_due_after bigint').execute(db);
  },
};
