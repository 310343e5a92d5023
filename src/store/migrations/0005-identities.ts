import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Customers of several connections who are one person, what was found on the way, and marks left for
 * partners: another connection's scoring clears its own marks while it works, so that what happens
 * meanwhile waits here for its next. `connections` remembers what the account counts in.
 */
export const identities: Migration = {
  up: async (db) => {
    for (const statement of statements) await run(db, statement);
  },
};

async function run(db: Kysely<unknown>, statement: string): Promise<void> {
  await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
}

const statements: readonly string[] = [
  'alter table connections add column currency TEXT, add column time_zone TEXT',
  `create table identities (
    connection_id TEXT, customer_id TEXT, person TEXT not null, by_key TEXT not null,
    primary key (connection_id, customer_id))`,
  'create index identities_person on identities (person)',
  `create table identity_states (
    connection_id TEXT primary key, population TEXT not null, signature TEXT not null,
    moved boolean not null)`,
  `create table identity_findings (
    position bigint generated always as identity primary key, population TEXT not null,
    kind TEXT not null, by_key TEXT not null, against TEXT, size bigint not null,
    members jsonb not null)`,
  'create index identity_findings_kind on identity_findings (population, kind, position)',
  `create table partner_marks (
    connection_id TEXT, customer_id TEXT, primary key (connection_id, customer_id))`,
];
