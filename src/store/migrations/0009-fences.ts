import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Plans of a rescoring, which stand beside that of a run; what was asked of a connection, and why it
 * is paused. Plans that may still write are found without looking through those that are done.
 */
export const fences: Migration = {
  up: async (db) => {
    for (const statement of statements)
      await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
  },
};

const statements: readonly string[] = [
  'alter table plans add column beside boolean not null default false',
  `create index plans_open on plans (connection_id)
    where status in ('draft', 'ready', 'applying')`,
  `create table work (
    connection_id TEXT primary key, asked_at timestamptz, is_full boolean not null default false,
    is_pulled boolean not null default false, paused_at timestamptz, code TEXT, message TEXT,
    todo TEXT)`,
];
