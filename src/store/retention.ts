import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import type { RetentionStore } from './retention-store.ts';
import type { Tables } from './schema.ts';

/** Rows of one transaction; a plan takes its changes with it. */
const plansAtOnce = 20;
const rowsAtOnce = 5_000;

export function retentionStore(database: Database): RetentionStore {
  const all = async (part: Part, signal: AbortSignal) => deleteAll(database, part, signal);
  return {
    forget: async (connection, before, signal) => {
      const of = { connection, before };
      return {
        plans: await all(oldPlans(of), signal),
        runs: await all(oldRuns(of), signal),
        ownWrites: await all(oldWrites(of), signal),
        quota: await all(oldQuota(of), signal),
      };
    },
  };
}

type Old = { readonly connection: string; readonly before: string };

/** A delete of at most `atOnce` rows. */
type Part = { readonly atOnce: number; readonly statement: RawBuilder<unknown> };

async function deleteAll(database: Database, part: Part, signal: AbortSignal): Promise<number> {
  let deleted = 0;
  for (;;) {
    signal.throwIfAborted();
    const count = await database.transaction((trx) => deleteSome(trx, part));
    deleted += count;
    if (count < part.atOnce) return deleted;
  }
}

async function deleteSome(db: Kysely<Tables>, { statement }: Part): Promise<number> {
  const { numAffectedRows } = await statement.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** The newest that was written stays, whatever waits after it: the brake compares with what it saw. */
function oldPlans({ connection, before }: Old): Part {
  const statement = sql`
    delete from plans where id in (
      select id from plans
      where connection_id = ${connection} and created_at < ${before}::timestamptz
        and status in ('applied', 'superseded', 'draft')
        and position < (select max(position) from plans where connection_id = ${connection})
        and id is distinct from (
          select p.id from baselines b join plans p on p.id = b.plan_id
          where b.connection_id = ${connection} and p.status = 'applied'
          order by p.position desc limit 1)
      order by position limit ${plansAtOnce})`;
  return { atOnce: plansAtOnce, statement };
}

function oldRuns({ connection, before }: Old): Part {
  const statement = sql`
    delete from runs where id in (
      select id from runs
      where connection_id = ${connection} and started_at < ${before}::timestamptz
        and started_at < (select max(started_at) from runs where connection_id = ${connection})
      order by started_at limit ${rowsAtOnce})`;
  return { atOnce: rowsAtOnce, statement };
}

function oldWrites({ connection, before }: Old): Part {
  const statement = sql`
    delete from own_writes where (connection_id, marker) in (
      select connection_id, marker from own_writes
      where connection_id = ${connection} and last_at < ${before}::timestamptz
      limit ${rowsAtOnce})`;
  return { atOnce: rowsAtOnce, statement };
}

/** Names of stretches sort as their times do, and begin with the day. */
function oldQuota({ connection, before }: Old): Part {
  const statement = sql`
    delete from quota where (connection_id, day) in (
      select connection_id, day from quota
      where connection_id = ${connection} and day < ${before.slice(0, 10)}
      limit ${rowsAtOnce})`;
  return { atOnce: rowsAtOnce, statement };
}
