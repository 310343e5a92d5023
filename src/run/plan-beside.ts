import type { PlanId, RecordId, RunId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import { step } from '../lib/step.ts';
import { policyVersion } from '../policy/version.ts';
import { comparePage, summarizerOf } from './compare-page.ts';
import type { RunContext } from './context.ts';
import { listsAsKnown } from './lists-as-known.ts';

export type PlannedBeside = {
  /** `null`: nothing differs. */
  readonly planId: PlanId | null;
  /** Left out: a run is writing to them. */
  readonly postponed: readonly RecordId[];
};

/**
 * A small plan of some customers, ready to be applied, beside that of any run. Whom a run is writing
 * to at this moment is left out: what that does is not known yet.
 */
export async function planBeside(
  ctx: RunContext,
  runId: RunId,
  { ids, asOf }: { readonly ids: readonly RecordId[]; readonly asOf: LocalDay },
): Promise<PlannedBeside> {
  const { connection, connector, store, clock, signal } = ctx;
  const planId = planIdOf(runId);
  const writing = await writingTo(ctx, ids);
  const free = ids.filter((id) => !writing.has(id));
  const postponed = ids.filter((id) => writing.has(id));
  if (free.length === 0) return { planId: null, postponed };
  const lists = await listsAsKnown(ctx);
  const { quota } = await connector.account(signal);
  const summarizer = summarizerOf(ctx, lists, quota);
  const createdAt = new Date(clock.now()).toISOString();
  const about = { kind: 'scores', policyVersion: policyVersion(ctx.policy), beside: true } as const;
  await store.plans.create({ id: planId, connection, runId, createdAt, asOf, ...about });
  step('plan.created');
  await comparePage(ctx, { planId, lists, summarizer }, free, 0);
  const summary = summarizer.build();
  await store.plans.finish(planId, summary, []);
  step('plan.finished');
  const isEmpty = summary.changes === 0 && summary.lists.every(isUnmoved);
  if (isEmpty) await store.plans.setStatus(planId, 'applied');
  return { planId: isEmpty ? null : planId, postponed };
}

/** Of a rescoring. */
export function planIdOf(runId: RunId): PlanId {
  return `p${runId}`;
}

/** Whom a plan is writing to at this moment, fields or lists. */
async function writingTo(
  { connection, store }: RunContext,
  ids: readonly RecordId[],
): Promise<ReadonlySet<RecordId>> {
  const fields = await store.plans.sending(connection, ids);
  const steps = await store.plans.sendingSteps(connection, ids);
  return new Set([...fields.keys(), ...steps.map(({ customerId }) => customerId)]);
}

function isUnmoved({ add, remove }: { readonly add: number; readonly remove: number }): boolean {
  return add === 0 && remove === 0;
}
