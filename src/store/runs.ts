import type { Database } from './database.ts';
import { jsonText } from './recordset.ts';
import type { RunStore } from './run-store.ts';

export function runStore(database: Database): RunStore {
  return {
    start: async ({ id, connection, startedAt }) => {
      const row = { id, connection_id: connection, started_at: startedAt };
      await database.transaction((trx) => trx.insertInto('runs').values(row).execute());
    },
    end: async (id, { endedAt, outcome, planId, report }) => {
      const columns = { ended_at: endedAt, outcome, plan_id: planId };
      await database.transaction((trx) =>
        trx
          .updateTable('runs')
          .set({ ...columns, report: jsonText(report ?? null) })
          .where('id', '=', id)
          .execute(),
      );
    },
    latest: async (connection, limit) => {
      const rows = await database.query((db) =>
        db
          .selectFrom('runs')
          .selectAll()
          .where('connection_id', '=', connection)
          .orderBy('started_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute(),
      );
      return rows.map((row) => ({
        id: row.id,
        connection: row.connection_id,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        outcome: row.outcome,
        planId: row.plan_id,
        report: row.report,
      }));
    },
  };
}
