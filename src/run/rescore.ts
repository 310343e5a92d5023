import { applyPlan } from '../apply/apply-plan.ts';
import { AssayError } from '../domain/assay-error.ts';
import type { HintKind } from '../domain/hint.ts';
import type { PlanId, RecordId, RunId } from '../domain/ids.ts';
import { silentProgress } from '../domain/progress.ts';
import type { PullObject } from '../domain/pull-task.ts';
import type { Removal } from '../domain/removal.ts';
import type { LocalDay } from '../domain/time.ts';
import { step } from '../lib/step.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { cutsVersion } from '../policy/version.ts';
import type { ReceiptCounts } from '../store/plan-store.ts';
import type { RunContext } from './context.ts';
import { planBeside, planIdOf } from './plan-beside.ts';
import { newRunId } from './run-id.ts';
import { scoreNamed } from './score-named.ts';
import { scoredWholly } from './scored-wholly.ts';
import { mayPlanBeside } from './waiting-plan.ts';

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
  readonly planId: PlanId | null;
  readonly receipts: ReceiptCounts | null;
  readonly scored: readonly RecordId[];
  /** Customers left for later: resting, or written to by a run at this moment. */
  readonly later: readonly RecordId[];
};

export type RescoreBy = {
  readonly cuts: CutPoints;
  /** Default: today in the account's time zone. */
  readonly asOf?: LocalDay | undefined;
  /** What is read of these customers is stored; they are not scored this time. Default: nobody. */
  readonly resting?: ReadonlySet<RecordId>;
};

/** The CRM will not be asked for these records; nothing was scored or written yet. */
export class LookRefused extends Error {
  override readonly name = 'LookRefused';
  override readonly cause: AssayError;

  constructor(cause: AssayError) {
    super(cause.message);
    this.cause = cause;
  }
}

/**
 * What customers of a connection that was never scored to an end, or by another policy, are scored by
 * is for a run to find: until then `null`, and hints wait.
 */
export async function cutsForRescoring(ctx: RunContext): Promise<CutPoints | null> {
  const cuts = await ctx.store.scores.cutPoints(ctx.population.id);
  if (cuts === null || cuts.cutsVersion !== cutsVersion(ctx.policy)) return null;
  return (await scoredWholly(ctx)) ? cuts : null;
}

/**
 * Looks at these records, stores what it finds as any page, scores by the stored cut points whom it
 * concerns, and writes what differs, beside whatever run is at work on the same connection (ADR 14).
 * @throws LookRefused before anything was done.
 */
export async function rescore(
  held: RunContext,
  looked: readonly LookAt[],
  by: RescoreBy,
): Promise<RescoreReport> {
  const { connection, connector, store, clock, turns } = held;
  const { resting = new Set() } = by;
  const runId = rescoringId(clock.now());
  const { pulls } = store;
  const before = { mark: await pulls.mark(connection), receipts: await pulls.receipts() };
  const ids = { customers: idsOf(looked, 'customers'), deals: idsOf(looked, 'deals') };
  const page = await connector.readRecords(ids, held.signal).catch(refusedLook);
  step('rescore.read');
  const removals = page.removals.map((removal) => asSaid(removal, looked));
  const written = await held.plansAtWork.during(planIdOf(runId), async () => {
    const made = await turns.alone(async () => {
      const effect = await pulls.saveNamed(connection, { ...page, removals, ...before });
      step('rescore.stored');
      const named = [...new Set([...page.customers.map(({ id }) => id), ...effect.touched])];
      const gone = removals.flatMap(({ object, id }) => (object === 'customers' ? [id] : []));
      const now = named.filter((id) => !resting.has(id));
      const scored = await scoreAndPlan(held, runId, by, { ids: now, gone });
      return { ...scored, later: [...scored.later, ...named.filter((id) => resting.has(id))] };
    });
    return { ...made, receipts: await applyBeside(held, made.planId, runId, made.isWhole) };
  });
  const read = { customers: page.customers.length, deals: page.deals.length };
  const report = { ...{ runId, looked: looked.length, removed: removals.length }, ...read };
  return reported(held, { ...report, ...written });
}

/** The same for customers that were left for later, by what is stored. */
export async function rescoreStored(
  held: RunContext,
  ids: readonly RecordId[],
  by: RescoreBy,
): Promise<RescoreReport> {
  const runId = rescoringId(held.clock.now());
  const written = await held.plansAtWork.during(planIdOf(runId), async () => {
    const made = await held.turns.alone(() => scoreAndPlan(held, runId, by, { ids, gone: [] }));
    return { ...made, receipts: await applyBeside(held, made.planId, runId, made.isWhole) };
  });
  const read = { looked: 0, customers: 0, deals: 0, removed: 0 };
  return reported(held, { runId, ...read, ...written });
}

async function scoreAndPlan(
  held: RunContext,
  runId: RunId,
  { cuts, asOf }: RescoreBy,
  { ids, gone }: { readonly ids: readonly RecordId[]; readonly gone: readonly RecordId[] },
) {
  const { asOf: day, scored } = await scoreNamed(held, runId, { ids, cuts, asOf });
  // What it scored waits for the next run's plan.
  if (!(await mayPlanBeside(held)))
    return { asOf: day, scored, planId: null, later: [], isWhole: false };
  const { planId, postponed } = await planBeside(held, runId, {
    ids: [...ids, ...gone],
    asOf: day,
  });
  return { asOf: day, scored, planId, later: postponed, isWhole: postponed.length === 0 };
}

function reported(
  { connection, log }: RunContext,
  { isWhole: _isWhole, ...report }: RescoreReport & { readonly isWhole: boolean },
): RescoreReport {
  const { scored, later } = report;
  const counts = { scored: scored.length, later: later.length };
  log.info({ connection, ...report, ...counts }, 'rescore.end');
  return report;
}

function refusedLook(error: unknown): never {
  throw error instanceof AssayError && error.disposition === 'reject'
    ? new LookRefused(error)
    : error;
}

/** What the CRM rejected, the next run compares again. */
async function applyBeside(
  held: RunContext,
  planId: PlanId | null,
  runId: RunId,
  isWhole: boolean,
): Promise<ReceiptCounts | null> {
  const { connection, connector, store, clock, log, signal } = held;
  if (planId !== null) {
    await applyPlan({
      ...{ connection, connector, store, clock, log, signal, planId },
      ...{ progress: silentProgress, marker: runId },
    });
  }
  const receipts = planId === null ? null : await store.plans.receiptCounts(planId);
  const rejected = (receipts?.rejected ?? 0) + (receipts?.memberships.rejected ?? 0);
  if (isWhole && rejected === 0) await store.plans.countAsPlanned(connection, [runId]);
  step('rescore.ended');
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
