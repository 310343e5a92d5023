import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Scores of the past. Rows come in the order of time, so that an index of page ranges finds old ones
 * and costs a scoring next to nothing. What is scored already is where the history begins.
 */
export const scoreHistory: Migration = {
  up: async (db) => {
    for (const statement of statements)
      await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
  },
};

const statements: readonly string[] = [
  `create table score_history (
    connection_id TEXT, customer_id TEXT, position bigint generated always as identity,
    as_of date not null, run_id TEXT not null, policy_version TEXT not null, cuts bigint,
    score json not null, primary key (connection_id, customer_id, position))`,
  'create index score_history_days on score_history using brin (as_of)',
  `insert into score_history (connection_id, customer_id, as_of, run_id, policy_version, cuts, score)
    select s.connection_id, s.customer_id, s.as_of, s.run_id, s.policy_version,
      (select max(c.position) from cut_points c where c.connection_id = coalesce(
        (select i.population from identity_states i where i.connection_id = s.connection_id),
        s.connection_id)), s.score
    from scores s`,
  'alter table customers add column gone_at timestamptz',
  'update customers set gone_at = now() where gone is not null',
  'alter table deals add column is_cleared boolean not null default false',
  `create table erasures (connection_id TEXT primary key, uncleaned bigint not null)`,
];
