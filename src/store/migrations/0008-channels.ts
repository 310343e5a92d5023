import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Subscriptions to a CRM's events, with the sealed token that proves who sends. */
export const channels: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table channels (
          connection_id text collate "C", id text collate "C", token text collate "C" not null,
          expires_at timestamptz not null, primary key (connection_id, id))`,
      )
      .execute(db);
  },
};
