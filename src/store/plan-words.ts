import type { Transaction } from 'kysely';
import type { Hold } from '../domain/hold.ts';
import type { PlanId } from '../domain/ids.ts';
import type { Plan, PlanDecision } from '../domain/plan.ts';
import { appendAudit } from './append-audit.ts';
import { toPlan } from './plan-reading.ts';
import type { PlanStore, Told } from './plan-store.ts';
import { jsonText } from './recordset.ts';
import type { Tables } from './schema.ts';
import { withdrawCuts } from './settled-runs.ts';

/** A person's word on a held plan, with its row in the log; of two at the same moment one counts. */
export async function decide(
  trx: Transaction<Tables>,
  id: PlanId,
  decision: PlanDecision,
): Promise<Plan | null> {
  const isApproved = decision.decided === 'approved';
  const row = await trx
    .updateTable('plans')
    .set({ status: isApproved ? 'ready' : 'rejected', decision: jsonText(decision) })
    .where('id', '=', id)
    .where('status', '=', 'held')
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  if (!isApproved) await withdrawCuts(trx, id);
  const { by: actor, at, why, allowed } = decision;
  await appendAudit(trx, {
    kind: isApproved ? 'plan.approved' : 'plan.rejected',
    ...{ connection: row.connection_id, actor, at },
    facts: isApproved ? { plan: id, allowed } : { plan: id },
    detail: { customers: [], content: { why } },
  });
  return toPlan(row);
}

/** What has been begun, or could be, waits from here on. */
export async function hold(
  trx: Transaction<Tables>,
  id: PlanId,
  holds: readonly Hold[],
  told: Told,
): Promise<void> {
  const plan = await trx
    .selectFrom('plans')
    .select(['connection_id', 'holds'])
    .where('id', '=', id)
    .where('status', 'in', ['ready', 'applying'])
    .forUpdate()
    .executeTakeFirst();
  if (plan === undefined) return;
  const by = holds.map((one) => one.by);
  const others = plan.holds.filter((one) => !by.includes(one.by));
  await trx
    .updateTable('plans')
    .set({ status: 'held', holds: jsonText([...others, ...holds]) })
    .where('id', '=', id)
    .execute();
  const facts = { plan: id, by };
  await appendAudit(trx, { kind: 'plan.held', connection: plan.connection_id, ...told, facts });
}

/** It will not be written: the world it was made for is no more. */
export async function outdate(
  trx: Transaction<Tables>,
  id: PlanId,
  { why, customers }: Parameters<PlanStore['outdate']>[1],
  told: Told,
): Promise<void> {
  const plan = await trx
    .updateTable('plans')
    .set({ status: 'superseded' })
    .where('id', '=', id)
    .where('status', 'in', ['held', 'ready'])
    .returning('connection_id')
    .executeTakeFirst();
  if (plan === undefined) return;
  const facts = { plan: id, why, customers };
  await appendAudit(trx, { kind: 'plan.stale', connection: plan.connection_id, ...told, facts });
}
