import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The referral counts that a score was made with: who has others by now is scored again. */
export const referralCounts: Migration = {
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements: readonly string[] = [
  `alter table scores add column if not exists referrals int,
    add column if not exists referrals_bought int`,
  `create index if not exists scores_referrers on scores (connection_id, customer_id)
    where referrals > 0`,
];
