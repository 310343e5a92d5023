import { type Kysely, sql, type Transaction } from 'kysely';
import type { MembershipChange } from '../domain/change.ts';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import type { MembershipReceipt } from '../domain/list.ts';
import type { Author } from './author.ts';
import { leafOf } from './plan-leaves.ts';
import type { PlanStore } from './plan-store.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';
import { nextBatch, type SavedBatch, savedBatch, tellWrites } from './tell-writes.ts';

const stepColumns = { list_key: 'text', customer_id: 'text', action: 'text' };

export async function addMemberships(
  trx: Transaction<Tables>,
  id: PlanId,
  changes: readonly MembershipChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const steps = recordset(changes.map(toStep), stepColumns);
  await sql`
    insert into plan_memberships (plan_id, list_key, customer_id, action, salt, leaf)
    select ${id}, s.*, ${leafOf('plan_memberships', 's')}
    from (select r.*, gen_random_uuid() as salt from ${steps}) s
    on conflict do nothing`.execute(trx);
}

/** Steps not done yet, by customer. */
export async function loadMemberships(
  db: Kysely<Tables>,
  id: PlanId,
  { listKey, limit, sending }: Parameters<PlanStore['memberships']>[1],
): Promise<readonly MembershipChange[]> {
  const open = db
    .selectFrom('plan_memberships')
    .select(['list_key', 'customer_id', 'action'])
    .where('plan_id', '=', id)
    .where('list_key', '=', listKey)
    .where('outcome', 'is', null);
  const chosen = sending === undefined ? open : open.where('sending', '=', sending);
  const rows = await chosen.orderBy('customer_id').limit(limit).execute();
  return rows.map((row) => ({
    listKey: row.list_key,
    customerId: row.customer_id,
    action: row.action,
  }));
}

/** Every step, done or not, by list and customer; of an erased customer nothing is left to show. */
export async function loadAllMemberships(
  db: Kysely<Tables>,
  id: PlanId,
  { after, limit }: Parameters<PlanStore['allMemberships']>[1],
): Promise<readonly MembershipChange[]> {
  const all = db
    .selectFrom('plan_memberships')
    .select(['list_key as listKey', 'customer_id as customerId', 'action'])
    .where('plan_id', '=', id)
    .where('salt', 'is not', null);
  const behind = sql<boolean>`(list_key, customer_id, action) > (
    ${after?.listKey}, ${after?.customerId}, ${after?.action})`;
  const rest = after === null ? all : all.where(behind);
  return await rest
    .orderBy('list_key')
    .orderBy('customer_id')
    .orderBy('action')
    .limit(limit)
    .execute();
}

/**
 * A rejected step is done as well, and the members stay as they were. What a newer plan closed while it
 * was on its way is ours all the same: else nobody could take it back.
 */
export async function saveMembershipReceipts(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  id: PlanId,
  receipts: readonly MembershipReceipt[],
  author: Author,
): Promise<void> {
  if (receipts.length === 0) return;
  const rows = receipts.map((receipt) => ({
    ...toStep(receipt),
    outcome: receipt.outcome,
    code: receipt.code ?? null,
  }));
  const columns = { ...stepColumns, outcome: 'text', code: 'text' };
  const { rows: saved } = await sql<SavedBatch>`
    with ${nextBatch}, done as (
      update plan_memberships m set outcome = r.outcome, code = r.code, batch = next.batch,
        done_at = ${author.now()}, done_no = nextval('receipt_numbers')
      from next, ${recordset(rows, columns)}
      where m.plan_id = ${id} and m.list_key = r.list_key and m.customer_id = r.customer_id
      and m.action = r.action
      and (m.outcome is null or (m.code = 'SUPERSEDED' and r.outcome = 'applied'))
      returning m.list_key, m.customer_id, m.action, m.leaf, m.outcome, m.code),
    removed as (
      delete from list_members l using done
      where l.connection_id = ${connection} and l.list_key = done.list_key
      and l.customer_id = done.customer_id and done.action = 'remove'
      and done.outcome <> 'rejected'),
    added as (
      insert into list_members (connection_id, list_key, customer_id)
      select ${connection}, list_key, customer_id from done
      where action = 'add' and outcome <> 'rejected'
      on conflict do nothing)
    ${savedBatch(id)}`.execute(trx);
  await tellWrites(trx, { connection, plan: id, of: 'memberships' }, saved, author);
}

function toStep({ listKey, customerId, action }: MembershipChange) {
  return { list_key: listKey, customer_id: customerId, action };
}
