import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The stop switch, and what taking back needs: when each receipt was written and in which order, what
 * a rollback leaves as it is, and how far back receipts reach.
 */
export const stops: Migration = {
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table stops (
    connection_id text collate "C" primary key, stopped_at timestamptz not null,
    stopped_by text collate "C" not null, why text not null, plan_id text collate "C")`,
  'create sequence receipt_numbers',
  `alter table plan_changes
    add column done_at timestamptz, add column done_no bigint`,
  `alter table plan_memberships
    add column done_at timestamptz, add column done_no bigint`,
  `create index plan_changes_done on plan_changes (done_no) where outcome = 'applied'`,
  `create index plan_memberships_done on plan_memberships (done_no) where outcome = 'applied'`,
  'create index plan_memberships_customer on plan_memberships (customer_id)',
  `create table plan_exceptions (
    plan_id text collate "C" not null references plans (id) on delete cascade,
    customer_id text collate "C" not null, kind text collate "C" not null,
    "of" text collate "C" not null, key text collate "C" not null, wrote text collate "C",
    now text collate "C", by_run text collate "C", primary key (plan_id, customer_id, "of", key))`,
  'create index plan_exceptions_customer on plan_exceptions (customer_id)',
  `create table receipts_since (
    connection_id text collate "C" primary key, since timestamptz not null)`,
];
