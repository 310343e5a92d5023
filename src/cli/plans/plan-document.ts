import type { App } from '../../app.ts';
import { openHolds, type Plan, type PlanMove } from '../../domain/plan.ts';
import type { ReceiptCounts } from '../../store/plan-store.ts';

/** All of a plan but its changes, which come a page at a time. */
export type PlanDocument = Plan & {
  /** Home currency of its connection; `null` when it is not known. */
  readonly currency: string | null;
  /** What it still waits for. */
  readonly waitsFor: readonly string[];
  /** The largest changes of tier. */
  readonly moves: readonly PlanMove[];
  readonly receipts: ReceiptCounts;
};

export async function planDocument({ store }: App, plan: Plan): Promise<PlanDocument> {
  const { id, connection, status } = plan;
  const accounts = await store.identities.accounts([connection]);
  return {
    ...plan,
    currency: accounts.get(connection)?.currency ?? null,
    waitsFor: status === 'held' ? openHolds(plan).map(({ by }) => by) : [],
    moves: await store.plans.moves(id),
    receipts: await store.plans.receiptCounts(id),
  };
}
