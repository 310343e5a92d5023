import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which steps on lists were sent, or are about to be, and have no receipt: as changes have. */
export const stepsOnTheirWay: Migration = {
  up: async (db) => {
    await sql
      .raw('alter table plan_memberships add column sending boolean not null default false')
      .execute(db);
  },
};
