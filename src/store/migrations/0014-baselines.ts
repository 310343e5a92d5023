import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What each plan saw, so that the next can be compared; what the brake adds up of scores. */
export const baselines: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `create table baselines (
          plan_id text collate "C" primary key references plans (id) on delete cascade,
          connection_id text collate "C" not null, run_id text collate "C" not null,
          as_of date not null, customers bigint not null, won_deals bigint not null,
          won_minor bigint not null, home_currency text collate "C", won_by_currency jsonb not null,
          completeness double precision)`,
      )
      .execute(db);
    await sql.raw('create index baselines_of on baselines (connection_id)').execute(db);
    await sql
      .raw('alter table scores add column net_minor bigint, add column completeness integer')
      .execute(db);
  },
};
