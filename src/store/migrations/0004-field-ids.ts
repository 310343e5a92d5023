import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The CRM's ids of our fields, where its names for them are not ours to choose. */
export const fieldIds: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table if not exists field_ids (
          connection_id text collate "C", key text collate "C", crm_id text collate "C" not null,
          primary key (connection_id, key))`,
      )
      .execute(db);
  },
};
