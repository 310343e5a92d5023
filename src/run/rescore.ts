import { applyPlan } from '../apply/apply-plan.ts';
import type { HintKind } from '../domain/hint.ts';
import type { PlanId, RecordId, RunId } from '../domain/ids.ts';
import { silentProgress } from '../domain/progress.ts';
import type { PullObject } from '../domain/pull-task.ts';
import type { Removal } from '../domain/removal.ts';
import type { LocalDay } from '../domain/time.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { cutsVersion } from '../policy/version.ts';
import type { ReceiptCounts } from '../store/plan-store.ts';
import type { RunContext } from './context.ts';
import { planBeside } from './plan-beside.ts';
import { newRunId } from './run-id.ts';
import { scoreNamed } from './score-named.ts';

/** A record that something is said to have happened to, as often and in whatever order. */
export type LookAt = {
  readonly object: PullObject;
  readonly id: RecordId;
  readonly kinds: readonly HintKind[];
};

/** What one rescoring did. */
export type RescoreReport = {
  readonly runId: RunId;
  readonly asOf: LocalDay;
  /** Records that were asked for, and customers and deals that were read. */
  readonly looked: number;
  readonly customers: number;
  readonly deals: number;
  readonly removed: number;
  readonly scored: number;
  readonly planId: PlanId | null;
  readonly receipts: ReceiptCounts | null;
  /** A run is writing to them at this moment: they are compared when that has its receipt. */
  readonly postponed: readonly RecordId[];
};

/**
 * What customers of a connection that was never scored to an end, or by another policy, are scored by
 * is for a run to find: until then `null`, and hints wait.
 */
export async function cutsForRescoring(ctx: RunContext): Promise<CutPoints | null> {
  const cuts = await ctx.store.scores.cutPoints(ctx.population.id);
  return cuts !== null && cuts.cutsVersion === cutsVersion(ctx.policy) ? cuts : null;
}

/**
 * Looks at these records, stores what it finds as any page, scores by the stored cut points whom it
 * concerns, and writes what differs, beside whatever run is at work on the same connection (ADR 14).
 */
export async function rescore(
  held: RunContext,
  looked: readonly LookAt[],
  { cuts, asOf }: { readonly cuts: CutPoints; readonly asOf?: LocalDay | undefined },
): Promise<RescoreReport> {
  const { connection, connector, store, clock, turns } = held;
  const runId = rescoringId(clock.now());
  const mark = await store.pulls.mark(connection);
  const ids = { customers: idsOf(looked, 'customers'), deals: idsOf(looked, 'deals') };
  const page = await connector.readRecords(ids, held.signal);
  const removals = page.removals.map((removal) => asSaid(removal, looked));
  const made = await turns.alone(async () => {
    const effect = await store.pulls.saveNamed(connection, { ...page, removals, mark });
    const named = [...new Set([...page.customers.map(({ id }) => id), ...effect.touched])];
    const scored = await scoreNamed(held, runId, { ids: named, cuts, asOf });
    const gone = removals.flatMap(({ object, id }) => (object === 'customers' ? [id] : []));
    const planned = await planBeside(held, runId, { ids: [...named, ...gone], asOf: scored.asOf });
    return { ...scored, ...planned };
  });
  const receipts = await applyBeside(held, made.planId, [runId], made.postponed.length === 0);
  const report = {
    ...{ runId, looked: looked.length, removed: removals.length, receipts },
    ...{ customers: page.customers.length, deals: page.deals.length },
    ...made,
  };
  const { postponed, ...logged } = report;
  held.log.info({ connection, ...logged, postponed: postponed.length }, 'rescore.end');
  return report;
}

/** Customers whom a run was writing to when they were scored: compares them now. */
export async function planPostponed(
  held: RunContext,
  ids: readonly RecordId[],
  asOf: LocalDay,
): Promise<readonly RecordId[]> {
  const runId = rescoringId(held.clock.now());
  const made = await held.turns.alone(() => planBeside(held, runId, { ids, asOf }));
  await applyBeside(held, made.planId, [], false);
  return made.postponed;
}

/** What the CRM rejected, the next run compares again. */
async function applyBeside(
  held: RunContext,
  planId: PlanId | null,
  runs: readonly RunId[],
  isWhole: boolean,
): Promise<ReceiptCounts | null> {
  const { connection, connector, store, clock, log, signal } = held;
  if (planId !== null) {
    const plan = await store.plans.byId(planId);
    await applyPlan({
      ...{ connection, connector, store, clock, log, signal, planId },
      ...{ progress: silentProgress, marker: plan?.runId ?? planId },
    });
  }
  const receipts = planId === null ? null : await store.plans.receiptCounts(planId);
  const rejected = (receipts?.rejected ?? 0) + (receipts?.memberships.rejected ?? 0);
  if (isWhole && rejected === 0) await store.plans.countAsPlanned(connection, runs);
  return receipts;
}

/** Tells it from a run at a glance; sorts with runs by time after its first letter. */
function rescoringId(now: number): RunId {
  return `w${newRunId(now).slice(1)}`;
}

function idsOf(looked: readonly LookAt[], of: PullObject): readonly RecordId[] {
  return [...new Set(looked.flatMap(({ object, id }) => (object === of ? [id] : [])))];
}

/** That it is gone was seen; that it is to be forgotten only the hint can say. */
function asSaid(removal: Removal, looked: readonly LookAt[]): Removal {
  if (removal.kind !== 'archived') return removal;
  const isErased = looked.some(
    ({ object, id, kinds }) =>
      object === removal.object && id === removal.id && kinds.includes('erased'),
  );
  return isErased ? { ...removal, kind: 'erased' } : removal;
}
