import type { MembershipChange } from '../domain/change.ts';
import type { RecordId } from '../domain/ids.ts';
import type { KnownList, MembershipReceipt } from '../domain/list.ts';
import { step } from '../lib/step.ts';
import type { ApplyTarget } from './apply-target.ts';

/**
 * Sending a step on a list again is nothing to a CRM; but its answer would be that nothing changed, and
 * what we did not change is not taken back. So of a list with steps that were on their way when the work
 * stopped, at most one call's, the members are read.
 */
export async function settleMemberships(target: ApplyTarget): Promise<void> {
  const { connection, store } = target;
  for (const list of await store.lists.known(connection)) {
    if (list.kind !== 'static' || list.status !== 'active') continue;
    const steps = await inDoubt(target, list);
    if (steps.length > 0) await settleList(target, list, steps);
  }
}

async function inDoubt(
  { store, planId, connector }: ApplyTarget,
  list: KnownList,
): Promise<readonly MembershipChange[]> {
  const { membershipsPerCall: limit } = connector.capabilities;
  return await store.plans.memberships(planId, { listKey: list.key, limit, sending: true });
}

async function settleList(
  target: ApplyTarget,
  list: KnownList,
  steps: readonly MembershipChange[],
): Promise<void> {
  const { connection, connector, store, planId, signal } = target;
  const asked = new Set(steps.map(({ customerId }) => customerId));
  const there = new Set<RecordId>();
  for await (const page of connector.readMembers(list, signal))
    for (const id of page) if (asked.has(id)) there.add(id);
  step('lists.read-back');
  const receipts = steps
    .filter(({ customerId, action }) => there.has(customerId) === (action === 'add'))
    .map((step): MembershipReceipt => ({ ...step, outcome: 'applied' }));
  await store.plans.saveMembershipReceipts(connection, planId, receipts);
  const arrived = new Set(receipts.map(({ customerId }) => customerId));
  const open = steps.filter(({ customerId }) => !arrived.has(customerId));
  await store.plans.markStepsPending(planId, open);
}
