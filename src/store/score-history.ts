import { type RawBuilder, sql } from 'kysely';
import type { ConnectionId, RunId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import type { HistoryStore } from './history-store.ts';

export function historyStore(database: Database): HistoryStore {
  return {
    of: (connection, id) =>
      database.query((db) =>
        db
          .selectFrom('score_history')
          .select(['as_of as asOf', 'run_id as runId', 'policy_version as policyVersion'])
          .select(['cuts', 'score'])
          .where('connection_id', '=', connection)
          .where('customer_id', '=', id)
          .orderBy('position')
          .execute(),
      ),
    cuts: async (position) => {
      const row = await database.query((db) =>
        db
          .selectFrom('cut_points')
          .select('cuts')
          .where('position', '=', position)
          .executeTakeFirst(),
      );
      return row?.cuts ?? null;
    },
  };
}

/** What the hash over all scores is made of: while it stays, nothing is kept. */
const told = ['tier', 'value_score', 'loyalty_score', 'recency', 'frequency', 'monetary', 'parts'];

/**
 * Keeps those of `rows` that say something else than the score before, as part of the statement that
 * overwrites it. A look by key for each, so that the planner needs no statistics.
 */
export function keepChanged(connection: ConnectionId, runId: RunId): RawBuilder<unknown> {
  return sql`
    insert into score_history (connection_id, customer_id, as_of, run_id, policy_version, cuts, score)
    select ${connection}, r.customer_id, r.as_of, ${runId}, r.policy_version,
      (${newestCuts(connection)}), r.score
    from scored_rows r
    where (
      select (${toldOf('s')}) is not distinct from (${toldOf('r')}) from scores s
      where s.connection_id = ${connection} and s.customer_id = r.customer_id collate "C"
    ) is not true`;
}

function toldOf(table: string): RawBuilder<unknown> {
  return sql.raw(told.map((column) => `${table}."${column}"`).join(', '));
}

/** Of the connection, or of the group it is in. */
function newestCuts(connection: ConnectionId): RawBuilder<unknown> {
  return sql`
    select max(c.position) from cut_points c where c.connection_id = coalesce(
      (select i.population from identity_states i where i.connection_id = ${connection}),
      ${connection})`;
}
