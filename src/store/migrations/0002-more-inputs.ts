import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * More inputs, the scores' next day of change, and the policies that scored. Scores of the first
 * version have another shape and are made anew; what was pulled lacks the new inputs, so that the
 * next pull is a full one.
 */
export const moreInputs: Migration = {
  up: async (db) => {
    for (const statement of statements) await run(db, statement);
  },
};

async function run(db: Kysely<unknown>, statement: string): Promise<void> {
  await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
}

const statements: readonly string[] = [
  `alter table customers add column phone TEXT, add column feedback double precision,
    add column attributes jsonb not null default '{}',
    add column opted_out boolean not null default false,
    add column email_key TEXT, add column phone_key TEXT, add column name_key TEXT`,
  'alter table deals add column discount_minor bigint, add column products jsonb',
  `create table duplicates (
    connection_id TEXT, customer_id TEXT,
    primary key (connection_id, customer_id))`,
  'delete from signals',
  'delete from scores',
  'delete from cut_points',
  `alter table scores add column next_change_on date, add column standing json,
    add column classes json`,
  'create index scores_due on scores (connection_id, next_change_on)',
  `create table policies (
    version TEXT primary key, content json not null, first_used_at timestamptz not null)`,
  'update pulls set is_open = false, watermark = null',
  'delete from pull_tasks',
];
