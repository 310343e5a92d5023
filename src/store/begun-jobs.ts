import type { BegunJobs } from '../domain/begun-jobs.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** Jobs at work in a CRM. Whoever begins one notes it, holder or not: it is at work all the same. */
export function begunJobs({ query, transaction }: Database, connection: ConnectionId): BegunJobs {
  return {
    load: async () => {
      const rows = await query((db) =>
        db
          .selectFrom('begun_jobs')
          .select(['key', 'crm_id', 'begun_at'])
          .where('connection_id', '=', connection)
          .orderBy('begun_at')
          .orderBy('key')
          .execute(),
      );
      return rows.map(({ key, crm_id: job, begun_at: begunAt }) => ({ key, begunAt, job }));
    },
    note: async ({ key, begunAt, job }) => {
      const row = { connection_id: connection, key, begun_at: begunAt, crm_id: job };
      await transaction((trx) =>
        trx
          .insertInto('begun_jobs')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['connection_id', 'key']).doUpdateSet({ crm_id: job }),
          )
          .execute(),
      );
    },
    forget: async (key) => {
      await transaction((trx) =>
        trx
          .deleteFrom('begun_jobs')
          .where('connection_id', '=', connection)
          .where('key', '=', key)
          .execute(),
      );
    },
  };
}
