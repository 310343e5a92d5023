import { sql, type Transaction } from 'kysely';
import type { Hold } from '../domain/hold.ts';
import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { PlanMove, PlanSummary } from '../domain/plan.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import { anyOf } from './live.ts';
import type { PlanEnding } from './plan-store.ts';
import { jsonText, recordset } from './recordset.ts';
import type { Tables } from './schema.ts';
import { withdrawCuts } from './settled-runs.ts';
import { tellMade } from './tell-plans.ts';

type Finished = {
  readonly summary: PlanSummary;
  readonly runs: readonly RunId[] | undefined;
  readonly ending: PlanEnding;
  readonly author: Author;
};

/** Draft → what its ending says, with the row of the log that tells it. */
export async function finish(
  trx: Transaction<Tables>,
  id: PlanId,
  { summary, runs, ending, author }: Finished,
): Promise<void> {
  const { status, holds, decision, digest, moves } = ending;
  const plan = await trx
    .updateTable('plans')
    .set({ status, summary: jsonText(summary), holds: jsonText(holds) })
    .$if(decision !== null, (update) => update.set({ decision: jsonText(decision) }))
    .$if(digest !== null, (update) => update.set({ digest: digest ?? '' }))
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .returning(['connection_id', 'run_id'])
    .executeTakeFirst();
  if (plan === undefined) return;
  if (status === 'rejected') {
    await dropChanges(trx, id);
    await withdrawCuts(trx, id);
  }
  await addMoves(trx, id, moves);
  await countAsPlanned(trx, plan.connection_id, runs);
  await tellMade(trx, id, author);
  await tellEnding(trx, id, plan.connection_id, ending);
}

async function tellEnding(
  trx: Transaction<Tables>,
  id: PlanId,
  connection: ConnectionId,
  { status, holds, decision, told }: PlanEnding,
): Promise<void> {
  if (told === null) return;
  const about = { connection, ...told };
  const allowed = decision?.allowed ?? [];
  if (decision !== null && allowed.length > 0)
    await appendAudit(trx, {
      ...{ kind: 'plan.approved', ...about, facts: { plan: id, allowed } },
      detail: { customers: [], content: { why: decision.why } },
    });
  if (status === 'held')
    await appendAudit(trx, {
      ...{ kind: 'plan.held', ...about, facts: { plan: id, by: stillHolding(holds, allowed) } },
    });
  if (status === 'rejected')
    await appendAudit(trx, {
      ...{ kind: 'plan.rejected', ...about },
      facts: { plan: id, sameAs: decision?.sameAs ?? null },
    });
}

function stillHolding(holds: readonly Hold[], allowed: readonly string[]): readonly string[] {
  return holds.flatMap(({ by }) => (allowed.includes(by) ? [] : [by]));
}

async function addMoves(
  trx: Transaction<Tables>,
  id: PlanId,
  moves: readonly PlanMove[],
): Promise<void> {
  if (moves.length === 0) return;
  const rows = moves.map(
    ({ customerId, from, to, netMinor, heldMinor = null, reason }, position) => ({
      position,
      customer_id: customerId,
      ...{ from_tier: from, to_tier: to, net_minor: netMinor, held_minor: heldMinor, reason },
    }),
  );
  const columns = {
    position: 'bigint',
    customer_id: 'text',
    from_tier: 'text',
    to_tier: 'text',
    net_minor: 'bigint',
    held_minor: 'bigint',
    reason: 'text',
  };
  await sql`
    insert into plan_moves (plan_id, position, customer_id, from_tier, to_tier, net_minor, held_minor, reason)
    select ${id}, r.* from ${recordset(rows, columns)}`.execute(trx);
}

/** They are those of the plan that a person rejected: its head and its largest moves stay. */
async function dropChanges(trx: Transaction<Tables>, id: PlanId): Promise<void> {
  await trx.deleteFrom('plan_changes').where('plan_id', '=', id).execute();
  await trx.deleteFrom('plan_memberships').where('plan_id', '=', id).execute();
}

export async function countAsPlanned(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  runs: readonly RunId[] | undefined,
): Promise<void> {
  const all = trx.deleteFrom('unplanned_runs').where('connection_id', '=', connection);
  await (runs === undefined ? all : all.where('run_id', '=', anyOf(runs))).execute();
}
