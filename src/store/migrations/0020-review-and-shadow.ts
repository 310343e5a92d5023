import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Reviews of the standard: sums and bins of a base, no customer. A challenger: a release that is scored
 * beside the policy in force and never written (ADR 15, 10).
 */
export const reviewAndShadow: Migration = {
  up: async (db) => {
    for (const statement of statements)
      await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
  },
};

const statements: readonly string[] = [
  `create table reviews (
    connection_id TEXT, position bigint generated always as identity, at timestamptz not null,
    actor TEXT not null, done_on date not null, snapshot jsonb not null,
    history_position bigint not null, primary key (connection_id, position))`,
  `create unique index policy_releases_challenger on policy_releases (status)
    where status = 'challenger'`,
  `create table shadow_snapshots (
    connection_id TEXT primary key, release bigint not null, as_of date not null,
    champion TEXT not null, currency TEXT not null, is_complete boolean not null)`,
  `create table shadow_scores (
    connection_id TEXT, customer_id TEXT, as_of date not null, champion_value integer,
    champion_tier TEXT, challenger_value integer, challenger_tier TEXT,
    primary key (connection_id, customer_id))`,
];
