import { type Kysely, sql, type Transaction } from 'kysely';
import type { MembershipChange } from '../domain/change.ts';
import type { ConnectionId, PlanId, RecordId } from '../domain/ids.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';

const stepColumns = { list_key: 'text', customer_id: 'text', action: 'text' };

type StepRow = {
  readonly list_key: string;
  readonly customer_id: string;
  readonly action: MembershipChange['action'];
};

/**
 * Of those that still wait: not those that another plan is taking for the same list and customer, for
 * which of the two arrived last would be chance.
 */
export async function markStepsSending(
  trx: Transaction<Tables>,
  id: PlanId,
  steps: readonly MembershipChange[],
): Promise<readonly MembershipChange[]> {
  if (steps.length === 0) return [];
  const { rows } = await sql<StepRow>`
    update plan_memberships m set sending = true
    from ${recordset(steps.map(toRow), stepColumns)}
    where ${isStep(id)} and m.outcome is null
    and (m.list_key, m.customer_id) not in (
      select other.list_key, other.customer_id
      from plans own join plans p on p.connection_id = own.connection_id
        and p.status = 'applying' and p.id <> own.id
      join plan_memberships other on other.plan_id = p.id
        and other.sending and other.outcome is null
      where own.id = ${id})
    returning m.list_key, m.customer_id, m.action`.execute(trx);
  return rows.map(toStep);
}

/** Sent but not known to have arrived. */
export async function markStepsPending(
  trx: Transaction<Tables>,
  id: PlanId,
  steps: readonly MembershipChange[],
): Promise<void> {
  if (steps.length === 0) return;
  await sql`
    update plan_memberships m set sending = false
    from ${recordset(steps.map(toRow), stepColumns)} where ${isStep(id)}`.execute(trx);
}

/** Of these customers; of one list and customer one plan takes steps at a time. */
export async function loadSendingSteps(
  db: Kysely<Tables>,
  connection: ConnectionId,
  customers: readonly RecordId[],
): Promise<readonly MembershipChange[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<StepRow>`
    select m.list_key, m.customer_id, m.action
    from plans p join plan_memberships m on m.plan_id = p.id and m.sending and m.outcome is null
    where p.connection_id = ${connection} and p.status = 'applying'
    and m.customer_id = any(${customers}::text[])`.execute(db);
  return rows.map(toStep);
}

function isStep(id: PlanId) {
  return sql`m.plan_id = ${id} and m.list_key = r.list_key and m.customer_id = r.customer_id
    and m.action = r.action`;
}

function toRow({ listKey, customerId, action }: MembershipChange): StepRow {
  return { list_key: listKey, customer_id: customerId, action };
}

function toStep({ list_key: listKey, customer_id: customerId, action }: StepRow): MembershipChange {
  return { listKey, customerId, action };
}
