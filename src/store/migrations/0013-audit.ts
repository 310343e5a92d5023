import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The log: one hash chain a connection, and `house` (ADR 15). */
export const audit: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table audit_heads (
          chain text collate "C" primary key, position bigint not null, hash text collate "C" not null)`,
      )
      .execute(db);
    await sql
      .raw(
        `create table audit (
          chain text collate "C" not null, position bigint not null, at timestamptz not null,
          actor text collate "C" not null, kind text collate "C" not null, facts jsonb not null,
          customers text[] collate "C", detail jsonb, salt text collate "C",
          commitment text collate "C" not null, hash text collate "C" not null,
          primary key (chain, position))`,
      )
      .execute(db);
    await sql.raw('create index audit_customers on audit using gin (customers)').execute(db);
  },
};
