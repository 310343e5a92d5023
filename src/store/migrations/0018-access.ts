import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who may act, by the hash of a token that nobody kept. */
export const access: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table access (
          name text collate "C" primary key, role text collate "C" not null,
          hash text collate "C" not null unique, created_at timestamptz not null,
          created_by text collate "C" not null, last_used_at timestamptz)`,
      )
      .execute(db);
  },
};
