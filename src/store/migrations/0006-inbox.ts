import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What webhooks said. A done hint leaves the index that is looked into, and keeps its key. */
export const inbox: Migration = {
  up: async (db) => {
    for (const statement of statements)
      await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
  },
};

const statements: readonly string[] = [
  `create table inbox (
    position bigint generated always as identity primary key, connection_id TEXT not null,
    key TEXT not null, object TEXT not null, record_id TEXT not null, kind TEXT not null,
    at timestamptz not null, arrived_at timestamptz not null, is_done boolean not null default false,
    unique (connection_id, key))`,
  `create index inbox_waiting on inbox (connection_id, object, record_id) where not is_done`,
  `create index inbox_arrivals on inbox (arrived_at)`,
];
