import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import { outcomeDigest } from './plan-leaves.ts';
import type { Tables } from './schema.ts';

/** A saved batch of receipts, as the log tells it. */
export type SavedBatch = {
  readonly batch: number;
  /** When the plan was made: retention goes by it. */
  readonly planned: string;
  readonly count: number;
  readonly applied: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly digest: string;
};

/** First part of a statement that saves a batch: its number. */
export const nextBatch = sql`next as materialized (select nextval('write_batches') as batch)`;

/** Last part: what `done` saved of a plan. */
export function savedBatch(plan: PlanId): RawBuilder<unknown> {
  return sql`
  select (select batch from next) as batch, count(*) as count,
    (select created_at from plans where id = ${plan}) as planned,
    count(*) filter (where outcome = 'applied') as applied,
    count(*) filter (where outcome = 'unchanged') as unchanged,
    count(*) filter (where outcome = 'rejected') as rejected,
    ${outcomeDigest('done')} as digest
  from done`;
}

type WrittenOf = {
  readonly connection: ConnectionId;
  readonly plan: PlanId;
  readonly of: 'fields' | 'memberships';
};

/** Tells the log of a batch; receipts that were there already are told already. */
export async function tellWrites(
  trx: Transaction<Tables>,
  { connection, plan, of }: WrittenOf,
  [saved]: readonly SavedBatch[],
  { actor, now }: Author,
): Promise<void> {
  if (saved === undefined || saved.count === 0) return;
  const { count: _count, ...counts } = saved;
  const facts = { plan, of, ...counts };
  await appendAudit(trx, { kind: 'writes', connection, actor, at: now(), facts });
}
