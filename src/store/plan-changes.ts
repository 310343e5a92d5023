import { type Kysely, sql, type Transaction } from 'kysely';
import { type Change, changePriorities } from '../domain/change.ts';
import type { PlanId } from '../domain/ids.ts';
import { leafOf } from './plan-leaves.ts';
import type { PlanStore } from './plan-store.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';

export async function addChanges(
  trx: Transaction<Tables>,
  id: PlanId,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ seq, customerId, priority, fields }) => ({
    seq,
    customer_id: customerId,
    rank: changePriorities.indexOf(priority),
    priority,
    fields,
  }));
  const columns = {
    seq: 'bigint',
    customer_id: 'text',
    rank: 'smallint',
    priority: 'text',
    fields: 'jsonb',
  };
  await sql`
    insert into plan_changes (
      plan_id, seq, customer_id, rank, priority, fields, salt, state, leaf)
    select ${id}, s.*, 'pending', ${leafOf('plan_changes', 's')}
    from (select r.*, gen_random_uuid() as salt from ${recordset(rows, columns)}) s`.execute(trx);
}

/**
 * Of those that still wait: not those whose customer another plan is writing to at this moment, for
 * which of the two arrived last would be chance.
 */
export async function markSending(
  trx: Transaction<Tables>,
  id: PlanId,
  seqs: readonly number[],
): Promise<readonly number[]> {
  if (seqs.length === 0) return [];
  const { rows } = await sql<{ seq: number }>`
    update plan_changes c set state = 'sending'
    where plan_id = ${id} and seq = any(${seqs}::bigint[]) and state = 'pending'
    and c.customer_id not in (
      select other.customer_id from plans own join plans p on p.connection_id = own.connection_id
        and p.status = 'applying' and p.id <> own.id
      join plan_changes other on other.plan_id = p.id and other.state = 'sending'
      where own.id = ${id})
    returning seq`.execute(trx);
  return rows.map((row) => row.seq);
}

/** A change that is done stays done. */
export async function markPending(
  trx: Transaction<Tables>,
  id: PlanId,
  seqs: readonly number[],
): Promise<void> {
  if (seqs.length === 0) return;
  await sql`
    update plan_changes set state = 'pending'
    where plan_id = ${id} and seq = any(${seqs}::bigint[]) and state <> 'done'`.execute(trx);
}

export async function loadChanges(
  db: Kysely<Tables>,
  id: PlanId,
  { state, after, limit }: Parameters<PlanStore['changes']>[1],
): Promise<readonly Change[]> {
  const all = db
    .selectFrom('plan_changes')
    .select(['seq', 'customer_id', 'priority', 'fields'])
    .where('plan_id', '=', id)
    // Of an erased customer nothing is left to show.
    .where('salt', 'is not', null);
  const inState = state === undefined ? all : all.where('state', '=', state);
  const rest = after === null ? inState : inState.where(behind(id, after));
  const rows = await rest.orderBy('rank').orderBy('seq').limit(limit).execute();
  return rows.map(({ customer_id: customerId, ...row }) => ({ ...row, customerId }));
}

function behind(id: PlanId, seq: number) {
  return sql<boolean>`(rank, seq) > (
    (select rank from plan_changes where plan_id = ${id} and seq = ${seq}), ${seq}::bigint)`;
}
