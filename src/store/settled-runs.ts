import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { RollbackScope } from '../domain/rollback.ts';
import { anyOf } from './live.ts';
import { markEverybody } from './partner-marks.ts';
import type { Tables } from './schema.ts';

/** Runs whose scores the CRM does not show: no plan of theirs was applied, or it was taken back. */
export function unsettledRuns(connection: ConnectionId): RawBuilder<unknown> {
  return sql`select u.run_id from unsettled_runs u where u.connection_id = ${connection}`;
}

/**
 * What holds a tier still, of a row of `scores`: as its score left it, or, where the CRM does not show
 * that score, as the score before it did.
 */
export const standingOf = sql`
  case when ${isUnsettledRow()} then s.base_standing else s.standing end`;

/** Whether the CRM does not show a row `s` of `scores`. */
export const isUnsettled = isUnsettledRow();

function isUnsettledRow(): RawBuilder<boolean> {
  return sql<boolean>`s.run_id in (
    select u.run_id from unsettled_runs u where u.connection_id = s.connection_id)`;
}

/**
 * A plan was applied. What one of scores compared is what the CRM shows; what a rollback takes back it
 * shows no more, and again when that rollback is taken back itself.
 */
export async function settle(trx: Transaction<Tables>, plan: PlanId): Promise<void> {
  await settleRuns(trx, sql`p.id = ${plan}`);
  await settleRuns(trx, sql`p.undone_by in (select id from plans where undone_by = ${plan})`);
  await unsettle(trx, plan);
  await makeListingDue(trx, plan);
}

/** See `PullStore.isListingDue`. */
async function makeListingDue(trx: Transaction<Tables>, rollback: PlanId): Promise<void> {
  await sql`
    update pulls l set listing_due_after = seq
    where l.connection_id in (
      select connection_id from plans where undone_by = ${rollback} and kind = 'scores')`.execute(
    trx,
  );
}

async function settleRuns(trx: Transaction<Tables>, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    delete from unsettled_runs u using plans p
    where ${which} and u.connection_id = p.connection_id
      and u.run_id = any(p.covers || p.run_id)`.execute(trx);
}

/** The same of a rescoring, which wrote all that it scored. */
export async function countAsWritten(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  runs: readonly RunId[],
): Promise<void> {
  await trx
    .deleteFrom('unsettled_runs')
    .where('connection_id', '=', connection)
    .where('run_id', '=', anyOf(runs))
    .execute();
}

/**
 * A plan was rejected: the cut points that its runs found are no more, unless there are no others.
 * Where any were, everybody is scored anew.
 */
export async function withdrawCuts(trx: Transaction<Tables>, plan: PlanId): Promise<void> {
  await withdrawCutsOf(trx, sql`select id from plans where id = ${plan}`);
}

async function withdrawCutsOf(trx: Transaction<Tables>, plans: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ population: string }>`
    delete from cut_points c using (
      select unnest(covers) as run_id from plans where id in (${plans})) r
    where c.run_id = r.run_id and exists (
      select from cut_points o where o.connection_id = c.connection_id
      and o.run_id not in (select unnest(covers) from plans where id in (${plans})))
    returning c.connection_id as population`.execute(trx);
  const populations = [...new Set(rows.map((row) => row.population))];
  for (const population of populations) {
    const members = await sql<{ id: ConnectionId }>`
      select connection_id as id from identity_states where population = ${population}
      union select id from connections where id = ${population}`.execute(trx);
    await markEverybody(
      trx,
      null,
      members.rows.map((row) => row.id),
    );
  }
}

/** Remembers which plans a rollback takes back. `left`: only what no other has taken back to the end. */
export async function markUndone(
  trx: Transaction<Tables>,
  rollback: PlanId,
  scope: RollbackScope,
  which: 'all' | 'left',
): Promise<void> {
  const { connection } = scope;
  const written = (rows: string) => sql`exists (
    select from ${sql.table(rows)} r where r.plan_id = p.id and r.outcome = 'applied' and ${
      scope.kind === 'plans' ? sql`true` : sql`r.done_at > ${scope.at}::timestamptz`
    })`;
  const named = scope.kind === 'plans' ? sql`p.id = any(${scope.plans}::text[])` : sql`true`;
  await sql`
    update plans p set undone_by = ${rollback}
    where p.connection_id = ${connection} and p.id <> ${rollback} and ${named}
      and (${written('plan_changes')} or ${written('plan_memberships')})
      and (${which === 'all'} or not exists (
        select from plans u where u.id = p.undone_by and u.status = 'applied' and u.undone_by is null))`.execute(
    trx,
  );
}

/** Where several runs are taken back, what was before all of them is in the history. */
async function unsettle(trx: Transaction<Tables>, rollback: PlanId): Promise<void> {
  const undone = sql`select id from plans where undone_by = ${rollback} and kind = 'scores'`;
  const { rows } = await sql<{ connection: ConnectionId; run: RunId }>`
    insert into unsettled_runs (connection_id, run_id)
    select distinct connection_id, unnest(covers || run_id) from plans where id in (${undone})
    on conflict do nothing returning connection_id as connection, run_id as run`.execute(trx);
  const [first, ...others] = rows;
  if (first !== undefined && others.length > 0)
    await sql`
      update scores s set base_standing = (
        select h.score->'standing' from score_history h
        where h.connection_id = s.connection_id and h.customer_id = s.customer_id
          and h.run_id not in (${unsettledRuns(first.connection)})
        order by h.position desc limit 1)
      where s.connection_id = ${first.connection}
        and s.run_id in (${unsettledRuns(first.connection)})`.execute(trx);
  await withdrawCutsOf(trx, undone);
}
