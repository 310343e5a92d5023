import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Writes that go on in a CRM by themselves, until they are known to have ended. */
export const begunJobs: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table begun_jobs (
          connection_id text collate "C", key text collate "C", crm_id text collate "C",
          begun_at timestamptz not null,
          primary key (connection_id, key))`,
      )
      .execute(db);
  },
};
