import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The scoring policies that were published, with the text they were written in (ADR 15, 10). */
export const policies: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table policy_releases (
          number bigint primary key, version text collate "C" not null,
          digest text collate "C" not null, status text collate "C" not null,
          content jsonb not null, source text not null, at timestamptz not null,
          actor text collate "C" not null, why text not null, replaces bigint,
          approved text collate "C", retired_at timestamptz, retired_by text collate "C",
          retired_why text)`,
      )
      .execute(db);
    await sql
      .raw(
        `create unique index policy_releases_published on policy_releases (status)
          where status = 'published'`,
      )
      .execute(db);
  },
};
