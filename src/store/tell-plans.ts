import type { Transaction } from 'kysely';
import type { PlanId } from '../domain/ids.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import { planDigest } from './plan-leaves.ts';
import { loadReceiptCounts } from './plan-outcomes.ts';
import type { Tables } from './schema.ts';

/**
 * Tells the log what a plan that is whole proposes: nothing is added to it from now on. A rescoring
 * that found nothing to write is not told.
 */
export async function tellMade(
  trx: Transaction<Tables>,
  id: PlanId,
  { actor, now }: Author,
): Promise<void> {
  const plan = await headOf(trx, id);
  const { changes, memberships, digest } = await planDigest(trx, id);
  if (plan.beside && changes + memberships === 0) return;
  const { connection_id: connection, run_id: run, created_at: planned, kind } = plan;
  const facts = { plan: id, planned, run, of: kind, changes, memberships, digest };
  await appendAudit(trx, { kind: 'plan.made', connection, actor, at: now(), facts });
}

/** Tells the log that every change of a plan has its receipt. */
export async function tellApplied(
  trx: Transaction<Tables>,
  id: PlanId,
  { actor, now }: Author,
): Promise<void> {
  const { connection_id: connection, beside } = await headOf(trx, id);
  const { memberships: lists, ...fields } = await loadReceiptCounts(trx, id);
  const told = {
    ...{ applied: fields.applied, unchanged: fields.unchanged, rejected: fields.rejected },
    ...{ listsApplied: lists.applied, listsUnchanged: lists.unchanged },
    ...{ listsRejected: lists.rejected },
  };
  if (beside && Object.values(told).every((count) => count === 0)) return;
  const facts = { plan: id, ...told };
  await appendAudit(trx, { kind: 'plan.applied', connection, actor, at: now(), facts });
}

async function headOf(trx: Transaction<Tables>, id: PlanId) {
  return await trx
    .selectFrom('plans')
    .select(['connection_id', 'run_id', 'created_at', 'kind', 'beside'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
