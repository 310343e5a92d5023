import { type Kysely, sql } from 'kysely';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import type { OwnWrites } from '../domain/own-writes.ts';
import type { Instant } from '../domain/time.ts';
import type { PlanStore, ReceiptCounts } from './plan-store.ts';
import type { Tables } from './schema.ts';

type Counted = 'plan_changes' | 'plan_memberships';
type Counts = ReceiptCounts['memberships'];

export async function loadReceiptCounts(db: Kysely<Tables>, id: PlanId): Promise<ReceiptCounts> {
  const changes = await countOutcomes(db, 'plan_changes', id);
  return { ...changes, memberships: await countOutcomes(db, 'plan_memberships', id) };
}

async function countOutcomes(db: Kysely<Tables>, table: Counted, id: PlanId): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*) filter (where outcome = 'applied') as applied,
      count(*) filter (where outcome = 'unchanged') as unchanged,
      count(*) filter (where outcome = 'rejected') as rejected,
      count(*) filter (where outcome is null) as open
    from ${sql.table(table)} where plan_id = ${id}`.execute(db);
  return rows[0] ?? { applied: 0, unchanged: 0, rejected: 0, open: 0 };
}

export async function loadRejections(
  db: Kysely<Tables>,
  id: PlanId,
  limit: number,
): Promise<Awaited<ReturnType<PlanStore['rejections']>>> {
  const rows = await db
    .selectFrom('plan_changes')
    .select(['customer_id', 'code', 'message'])
    .where('plan_id', '=', id)
    .where('outcome', '=', 'rejected')
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(({ customer_id: customerId, code, message }) => ({
    customerId,
    code: code ?? '',
    message: message ?? '',
  }));
}

export async function loadOwnWrites(
  db: Kysely<Tables>,
  connection: ConnectionId,
  since: Instant,
): Promise<readonly OwnWrites[]> {
  const rows = await db
    .selectFrom('own_writes')
    .select(['marker', 'first_at', 'last_at', 'count'])
    .where('connection_id', '=', connection)
    .where('last_at', '>=', since)
    .orderBy('first_at')
    .orderBy('marker')
    .execute();
  return rows.map(({ first_at: firstAt, last_at: lastAt, ...row }) => ({
    ...row,
    firstAt,
    lastAt,
  }));
}
