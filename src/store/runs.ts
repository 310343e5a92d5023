import { sql } from 'kysely';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import type { Database } from './database.ts';
import { jsonText } from './recordset.ts';
import type { RunStore } from './run-store.ts';

export function runStore(database: Database, { actor }: Author): RunStore {
  return {
    start: async ({ id, connection, startedAt, facts = {} }) => {
      const row = { id, connection_id: connection, started_at: startedAt, actor };
      await database.transaction(async (trx) => {
        await trx.insertInto('runs').values(row).execute();
        const told = { connection, actor, at: startedAt, facts: { run: id, ...facts } };
        await appendAudit(trx, { kind: 'run.started', ...told });
      });
    },
    end: async (id, { endedAt, outcome, planId, report, counts = {} }) => {
      const columns = { ended_at: endedAt, outcome, plan_id: planId };
      await database.transaction(async (trx) => {
        const run = await trx
          .updateTable('runs')
          .set({ ...columns, report: jsonText(report ?? null) })
          .where('id', '=', id)
          .returning('connection_id as connection')
          .executeTakeFirst();
        if (run === undefined) return;
        const facts = { run: id, outcome, plan: planId, ...counts };
        await appendAudit(trx, { kind: 'run.ended', ...run, actor, at: endedAt, facts });
      });
    },
    wereStoppedBy: (connection, codes, since) =>
      database.query(async (db) => {
        const { rows } = await sql<{ found: boolean }>`select exists (
          select from runs where connection_id = ${connection} and started_at >= ${since}::timestamptz
          and report->'stopped'->>'code' = any(${codes}::text[])) as found`.execute(db);
        return rows[0]?.found === true;
      }),
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
        actor: row.actor,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        outcome: row.outcome,
        planId: row.plan_id,
        report: row.report,
      }));
    },
  };
}
