import type { ReceiptCounts } from '../store/plan-store.ts';
import type { RunContext } from './context.ts';

/** Tells what became of a plan's changes since `before`; of a plan that is begun, that is none. */
export function tellReceipts(
  { connection, connector, tell }: RunContext,
  counts: ReceiptCounts,
  before: ReceiptCounts | null,
): void {
  tell({
    ...{ kind: 'receipts', connection, crm: connector.crm },
    fields: sinceThen(counts, before),
    lists: sinceThen(counts.memberships, before?.memberships ?? null),
  });
}

type Tally = Pick<ReceiptCounts, 'applied' | 'unchanged' | 'rejected'>;

function sinceThen(now: Tally, before: Tally | null): Tally {
  return {
    applied: now.applied - (before?.applied ?? 0),
    unchanged: now.unchanged - (before?.unchanged ?? 0),
    rejected: now.rejected - (before?.rejected ?? 0),
  };
}
