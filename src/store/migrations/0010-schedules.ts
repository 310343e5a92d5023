import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the schedule asked of each connection, and what of it was done. */
export const schedules: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table schedules (
          connection_id text collate "C", kind text collate "C", last_due_at timestamptz not null,
          last_done_at timestamptz, primary key (connection_id, kind))`,
      )
      .execute(db);
  },
};
