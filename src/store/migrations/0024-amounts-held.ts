import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the CRM held of whom a plan moves: revenue that vanished is zero afterwards. */
export const amountsHeld: Migration = {
  up: async (db) => {
    await sql.raw('alter table plan_moves add column held_minor bigint').execute(db);
  },
};
