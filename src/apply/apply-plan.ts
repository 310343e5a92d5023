import { step } from '../lib/step.ts';
import { ensureGoing } from '../store/stop-store.ts';
import { applyChanges } from './apply-changes.ts';
import { applyMemberships } from './apply-memberships.ts';
import type { ApplyTarget } from './apply-target.ts';
import { writeCanary } from './canary.ts';
import { settleMemberships } from './settle-memberships.ts';
import { settleSending } from './settle-sending.ts';

/**
 * Carries out a plan: exactly its changes, one receipt each, then its lists. Safe to call again
 * after a kill at any point. Throws what stops the work; receipts written until then stay.
 *
 * @returns warnings for the admin.
 */
export async function applyPlan(target: ApplyTarget): Promise<readonly string[]> {
  const { plans, stops } = target.store;
  await ensureGoing(stops, target.connection, target.planId);
  const wasBegun = (await plans.byId(target.planId))?.status === 'applying';
  await plans.setStatus(target.planId, 'applying');
  step('apply.begun');
  const before = await plans.receiptCounts(target.planId);
  await settleSending(target);
  if (wasBegun) await settleMemberships(target);
  target.progress.start('apply', before.open);
  await writeCanary(target);
  await applyChanges(target);
  target.progress.end('apply');
  target.progress.start('lists', before.memberships.open);
  const warnings = await applyMemberships(target);
  target.progress.end('lists');
  await plans.setStatus(target.planId, 'applied');
  step('apply.ended');
  return warnings;
}
