import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Whether the next pull reads everything, whatever the watermark says. */
export const listingDue: Migration = {
  up: async (db) => {
    await sql
      .raw('alter table pulls add column listing_due boolean not null default false')
      .execute(db);
  },
};
