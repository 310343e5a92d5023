import { type Kysely, sql, type Transaction } from 'kysely';
import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { PlanMove, TierMove } from '../domain/plan.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import type { Database } from './database.ts';
import { finish } from './plan-ending.ts';
import { addExceptions, countExceptions, loadExceptions } from './rollback-exceptions.ts';
import type { MadeRollback, RollbackMoves, RollbackStore } from './rollback-store.ts';
import { loadWrittenFields, loadWrittenMemberships } from './rollback-written.ts';
import type { Tables } from './schema.ts';
import { markUndone, settle } from './settled-runs.ts';
import { saveStop } from './stops.ts';

export function rollbackStore(database: Database, author: Author): RollbackStore {
  return {
    plansOf: (connection, id) => database.query((db) => loadPlansOf(db, connection, id)),
    receiptsSince: async (connection) => {
      const row = await database.query((db) =>
        db
          .selectFrom('receipts_since')
          .select('since')
          .where('connection_id', '=', connection)
          .executeTakeFirst(),
      );
      return row?.since ?? null;
    },
    endOthers: (connection) => database.transaction((trx) => endOthers(trx, connection)),
    fields: (scope, page) => database.query((db) => loadWrittenFields(db, scope, page)),
    memberships: (scope, page) => database.query((db) => loadWrittenMemberships(db, scope, page)),
    addExceptions: (plan, exceptions) =>
      database.transaction((trx) => addExceptions(trx, plan, exceptions)),
    exceptions: (plan, page) => database.query((db) => loadExceptions(db, plan, page)),
    exceptionCounts: (plan) => database.query((db) => countExceptions(db, plan)),
    moves: (plan, limit) => database.query((db) => loadMoves(db, plan, limit)),
    finish: (plan, made) =>
      database.transaction((trx) => finishRollback(trx, plan, { ...made, author })),
  };
}

/** A run that found nothing to write has plans, or none, and is known all the same. */
async function loadPlansOf(
  db: Kysely<Tables>,
  connection: ConnectionId,
  id: RunId,
): Promise<readonly PlanId[] | null> {
  const plans = await db
    .selectFrom('plans')
    .select('id')
    .where('connection_id', '=', connection)
    .where((where) =>
      where.or([
        where('run_id', '=', id),
        where('id', '=', id),
        where('id', 'in', (inner) =>
          inner
            .selectFrom('runs')
            .select('plan_id')
            .where('id', '=', id)
            .where('plan_id', 'is not', null)
            .$narrowType<{ plan_id: string }>(),
        ),
      ]),
    )
    .execute();
  if (plans.length > 0) return plans.map((plan) => plan.id);
  const run = await db
    .selectFrom('runs')
    .select('id')
    .where('id', '=', id)
    .where('connection_id', '=', connection)
    .executeTakeFirst();
  return run === undefined ? null : [];
}

async function endOthers(trx: Transaction<Tables>, connection: ConnectionId): Promise<void> {
  const open = sql`
    select id from plans where connection_id = ${connection}
    and status in ('draft', 'ready', 'held', 'applying')`;
  await sql`
    update plan_changes set state = 'done', outcome = 'unchanged', code = 'SUPERSEDED'
    where state = 'pending' and plan_id in (${open})`.execute(trx);
  await sql`
    update plan_memberships set outcome = 'unchanged', code = 'SUPERSEDED'
    where outcome is null and plan_id in (${open})`.execute(trx);
  await sql`update plans set status = 'superseded' where id in (${open})`.execute(trx);
}

type MoveRow = TierMove & Pick<PlanMove, 'customerId'>;

async function loadMoves(db: Kysely<Tables>, plan: PlanId, limit: number): Promise<RollbackMoves> {
  const tiers = sql`
    select c.customer_id, f->>'from' as "from", f->>'to' as "to", coalesce(s.net_minor, 0) as net
    from plans p join plan_changes c on c.plan_id = p.id
    cross join lateral jsonb_array_elements(c.fields) f
    left join scores s on s.connection_id = p.connection_id and s.customer_id = c.customer_id
    where p.id = ${plan} and f->>'key' = 'value_tier'`;
  const moves = await sql<TierMove>`
    select coalesce("from", 'none') as "from", coalesce("to", 'none') as "to",
      count(*) as customers, sum(net)::bigint as "netMinor"
    from (${tiers}) t group by 1, 2 order by 4 desc, 1, 2`.execute(db);
  const top = await sql<Omit<MoveRow, 'customers'>>`
    select customer_id as "customerId", "from", "to", net as "netMinor" from (${tiers}) t
    order by net desc, customer_id limit ${limit}`.execute(db);
  return { tierMoves: moves.rows, top: top.rows };
}

async function finishRollback(
  trx: Transaction<Tables>,
  plan: PlanId,
  { scope, summary, ending, stop, of, author }: MadeRollback & { readonly author: Author },
): Promise<void> {
  await finish(trx, plan, { summary, runs: [], ending, author });
  await markUndone(trx, plan, scope, stop === null ? 'left' : 'all');
  if (stop === null) {
    // Nothing is left to write, for one that was killed in its last step wrote it: this ends what it began.
    await trx.updateTable('plans').set({ status: 'applied' }).where('id', '=', plan).execute();
    await settle(trx, plan);
    return;
  }
  await saveStop(trx, { ...stop, plan });
  const { connection, by: actor, at, why } = stop;
  const { changes, lists } = summary;
  const memberships = lists.reduce((sum, { add, remove }) => sum + add + remove, 0);
  await appendAudit(trx, {
    ...{ kind: 'rollback.planned', connection, actor, at },
    facts: { plan, ...of, changes, memberships },
    detail: { customers: [], content: { why } },
  });
}
