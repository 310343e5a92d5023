import type { MembershipChange } from '../domain/change.ts';
import type { KnownList, MembershipReceipt } from '../domain/list.ts';
import { step } from '../lib/step.ts';
import { ensureGoing } from '../store/stop-store.ts';
import type { ApplyTarget } from './apply-target.ts';

/** Until the next look, when another plan is taking steps of the same list and customers. */
const blockedMs = 250;

/**
 * Brings the members of our static lists to what the plan says. Adding a member twice or removing
 * one that is gone is nothing to a CRM; what a crash left in doubt was read back before.
 */
export async function applyMemberships(target: ApplyTarget): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const list of await target.store.lists.known(target.connection)) {
    if (list.kind !== 'static') continue;
    if (list.status === 'deleted') {
      const warning = await skipDeletedList(target, list);
      if (warning !== null) warnings.push(warning);
      continue;
    }
    await applyOneList(target, list);
  }
  return warnings;
}

async function applyOneList(target: ApplyTarget, list: KnownList): Promise<void> {
  for (;;) {
    const next = await nextSteps(target, list);
    if (next.length === 0) return;
    target.signal.throwIfAborted();
    await ensureGoing(target.store.stops, target.connection, target.planId);
    const steps = await target.store.plans.markStepsSending(target.planId, next);
    step('lists.marked');
    if (steps.length === 0) {
      await target.clock.sleep(blockedMs, target.signal);
      continue;
    }
    const receipts = await target.connector.applyMemberships(
      list,
      idsOf(steps, 'add'),
      idsOf(steps, 'remove'),
      target.signal,
    );
    step('lists.sent');
    await target.store.plans.saveMembershipReceipts(target.connection, target.planId, receipts);
    step('lists.receipts-saved');
    target.progress.advance('lists', steps.length);
  }
}

/** Steps on a list that a human deleted are closed as rejected: reported, never rebuilt silently. */
async function skipDeletedList(target: ApplyTarget, list: KnownList): Promise<string | null> {
  let skipped = 0;
  for (;;) {
    const steps = await nextSteps(target, list);
    if (steps.length === 0) break;
    const receipts = steps.map(
      (step): MembershipReceipt => ({ ...step, outcome: 'rejected', code: 'LIST_DELETED' }),
    );
    await target.store.plans.saveMembershipReceipts(target.connection, target.planId, receipts);
    skipped += steps.length;
  }
  if (skipped === 0) return null;
  return `The list "${list.name}" was deleted in the CRM; ${skipped} members were not written. Run "assay provision --rebuild-lists" to have it again.`;
}

async function nextSteps(
  target: ApplyTarget,
  list: KnownList,
): Promise<readonly MembershipChange[]> {
  return target.store.plans.memberships(target.planId, {
    listKey: list.key,
    limit: target.connector.capabilities.membershipsPerCall,
  });
}

function idsOf(
  steps: readonly MembershipChange[],
  action: MembershipChange['action'],
): readonly string[] {
  return steps.filter((step) => step.action === action).map((step) => step.customerId);
}
