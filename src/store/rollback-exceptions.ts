import { type Kysely, sql, type Transaction } from 'kysely';
import type { PlanId } from '../domain/ids.ts';
import type { ExceptionKind, RollbackException } from '../domain/rollback.ts';
import { recordset } from './recordset.ts';
import type { ExceptionCounts, RollbackStore } from './rollback-store.ts';
import type { Tables } from './schema.ts';

const columns = {
  customer_id: 'text',
  kind: 'text',
  of: 'text',
  key: 'text',
  wrote: 'text',
  now: 'text',
  by_run: 'text',
};

export async function addExceptions(
  trx: Transaction<Tables>,
  plan: PlanId,
  exceptions: readonly RollbackException[],
): Promise<void> {
  if (exceptions.length === 0) return;
  const rows = exceptions.map(({ customerId, byRun, ...one }) => ({
    ...one,
    customer_id: customerId,
    by_run: byRun,
  }));
  await sql`
    insert into plan_exceptions (plan_id, customer_id, kind, "of", key, wrote, now, by_run)
    select ${plan}, r.* from ${recordset(rows, columns)}
    on conflict do nothing`.execute(trx);
}

export async function loadExceptions(
  db: Kysely<Tables>,
  plan: PlanId,
  { offset, limit }: Parameters<RollbackStore['exceptions']>[1],
): Promise<readonly RollbackException[]> {
  const rows = await db
    .selectFrom('plan_exceptions')
    .selectAll()
    .where('plan_id', '=', plan)
    .orderBy('customer_id')
    .orderBy('of')
    .orderBy('key')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map(({ customer_id: customerId, by_run: byRun, plan_id: _plan, ...row }) => ({
    ...row,
    customerId,
    byRun,
  }));
}

export async function countExceptions(db: Kysely<Tables>, plan: PlanId): Promise<ExceptionCounts> {
  const rows = await db
    .selectFrom('plan_exceptions')
    .select(['kind', sql<number>`count(*)`.as('count')])
    .where('plan_id', '=', plan)
    .groupBy('kind')
    .execute();
  const counted = new Map(rows.map(({ kind, count }) => [kind, count]));
  const of = (kind: ExceptionKind) => counted.get(kind) ?? 0;
  return {
    ...{ changed: of('changed'), 'written-again': of('written-again'), gone: of('gone') },
    ...{ 'not-kept': of('not-kept'), 'list-deleted': of('list-deleted') },
  };
}
