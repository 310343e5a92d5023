import type { Change, Receipt } from '../domain/change.ts';
import type { FieldValues } from '../domain/field.ts';
import { step } from '../lib/step.ts';
import type { ApplyTarget } from './apply-target.ts';

/** Changes read back at once. */
const pageSize = 1_000;

/**
 * After a crash some changes were sent, or about to be, and nothing tells which arrived. They are
 * read back: what the CRM holds already gets its receipt, the rest waits again. Nothing is written
 * twice, nothing is lost.
 */
export async function settleSending(target: ApplyTarget): Promise<number> {
  let settled = 0;
  for (;;) {
    const sent = await target.store.plans.changes(target.planId, {
      state: 'sending',
      after: null,
      limit: pageSize,
    });
    if (sent.length === 0) return settled;
    await settlePage(target, sent);
    settled += sent.length;
    target.log.info({ connection: target.connection, count: sent.length }, 'apply.settled');
  }
}

async function settlePage(target: ApplyTarget, sent: readonly Change[]): Promise<void> {
  const ids = sent.map((change) => change.customerId);
  const held = await target.connector.readHeld(ids, target.signal);
  step('apply.read-back');
  const arrived = sent.filter((change) => holds(held.get(change.customerId), change));
  const receipts = arrived.map(
    (change): Receipt => ({ seq: change.seq, outcome: 'applied', modifiedAt: null }),
  );
  const { connection, planId, marker } = target;
  if (receipts.length > 0) {
    await target.store.plans.saveReceipts(connection, planId, marker, receipts);
  }
  const done = new Set(receipts.map((receipt) => receipt.seq));
  const open = sent.map((change) => change.seq).filter((seq) => !done.has(seq));
  if (open.length > 0) await target.store.plans.markPending(planId, open);
  step('apply.settled');
}

function holds(held: FieldValues | undefined, change: Change): boolean {
  if (held === undefined) return false;
  return change.fields.every((field) => (held[field.key] ?? null) === field.to);
}
