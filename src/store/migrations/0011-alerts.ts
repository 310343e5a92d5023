import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When each kind of alert was sent last, so that all processes together send few. */
export const alerts: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table alerts (
          connection_id text collate "C", kind text collate "C", sent_at timestamptz not null,
          withheld bigint not null default 0, primary key (connection_id, kind))`,
      )
      .execute(db);
  },
};
