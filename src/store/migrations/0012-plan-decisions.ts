import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A plan waits for a person's word, and the ten moves that matter most stand beside it. */
export const planDecisions: Migration = {
  up: async (db) => {
    await sql
      .raw(
        `alter table plans
          add column kind text not null default 'scores',
          add column policy_version text not null default '',
          add column holds jsonb not null default '[]',
          add column decision jsonb,
          add column digest text collate "C"`,
      )
      .execute(db);
    await sql
      .raw(
        `create table plan_moves (
          plan_id text collate "C" not null references plans (id) on delete cascade,
          position bigint not null, customer_id text collate "C" not null,
          from_tier text collate "C", to_tier text collate "C", net_minor bigint not null,
          reason text not null, primary key (plan_id, position))`,
      )
      .execute(db);
  },
};
