import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What people decided of single customers, with what became of it; by which of the CRM's own fields a
 * connection was last scored; and what the options of our fields were called.
 */
export const overrides: Migration = {
  up: async (db) => {
    for (const statement of statements)
      await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
  },
};

const statements = [
  `create table overrides (
    position bigint generated always as identity primary key,
    connection_id TEXT not null, customer_id TEXT not null, family TEXT not null,
    class TEXT not null, why TEXT not null, given_by TEXT not null, until date,
    source TEXT not null, at timestamptz not null,
    ended_how TEXT, ended_at timestamptz, ended_by TEXT, ended_why TEXT)`,
  `create unique index overrides_in_force on overrides (connection_id, customer_id, family)
    where ended_at is null`,
  'create index overrides_of on overrides (connection_id, customer_id)',
  `create table override_fields (
    connection_id TEXT primary key, rules TEXT not null, attributes text[] collate "C" not null)`,
  `create table option_labels (
    connection_id TEXT, field TEXT, value TEXT, label TEXT,
    primary key (connection_id, field, value, label))`,
];
