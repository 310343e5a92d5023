import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Whose scores the CRM shows: what holds a tier still goes on from what was written, not from what a
 * rejected or undone plan would have written.
 */
export const settledRuns: Migration = {
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'alter table scores add column base_standing json',
  `alter table plans
    add column covers text[] collate "C" not null default '{}',
    add column undone_by text collate "C"`,
  `create table unsettled_runs (
    connection_id text collate "C", run_id text collate "C",
    primary key (connection_id, run_id))`,
];
