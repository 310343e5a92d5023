import { AssayError } from '../domain/assay-error.ts';
import type { LocalDay } from '../domain/time.ts';
import { step } from '../lib/step.ts';
import type { RunContext } from '../run/context.ts';
import { finishLeftovers } from '../run/finish-leftovers.ts';
import type { RunReport } from '../run/report.ts';
import { runConnection } from '../run/run-connection.ts';
import { isHeld } from '../run/stop.ts';
import type { AskedRun } from '../store/work-store.ts';
import type { WorkReason } from './work-queue.ts';

/** The code of a slice that ended; the run goes on in the next one. */
export const sliceSpent = 'SLICE_SPENT';

export function sliceIsSpent(): AssayError {
  return new AssayError(
    'SLICE_SPENT',
    'end-at-checkpoint',
    'The time of one slice is spent; the run goes on from its checkpoint in the next.',
    'Nothing: it goes on by itself. ASSAY_SLICE_SECONDS says how long a slice is.',
  );
}

/**
 * The bulk work of a connection, if there is any: the run that was asked for, or what one left open,
 * else what an earlier holder left half applied.
 * @throws AssayError what stopped it, unless its slice ended.
 */
export async function doBulk(
  held: RunContext,
  reason: WorkReason,
  asOf: LocalDay | undefined,
): Promise<void> {
  const { connection, store } = held;
  const asked = await store.work.asked(connection);
  const isLeft = reason !== 'webhook' && (await store.pulls.open(connection)) !== null;
  if (asked === null && !isLeft && !(await finishedStale(held))) return;
  const { full = false, isPulled = false } = asked ?? {};
  const report = await runConnection(held, { full, isPulled, asOf });
  if (asked !== null) await noteProgress(held, asked, report);
  step('work.noted');
  throwStop(held, report);
}

/**
 * Finishes what is left. Returns whether a plan that a person allowed had become stale: who decides is
 * shown a fresh one now, not by the next scheduled run.
 */
async function finishedStale(held: RunContext): Promise<boolean> {
  try {
    return (await finishLeftovers(held)).stale !== null;
  } catch (error) {
    if (isHeld(error)) return false;
    throw error;
  }
}

async function noteProgress(
  { connection, store }: RunContext,
  asked: AskedRun,
  { outcome, pull, score }: RunReport,
): Promise<void> {
  if (outcome === 'done' || outcome === 'done-with-rejections' || outcome === 'held')
    return await store.work.done(connection, asked);
  const isPulled = asked.isPulled || pull !== null;
  await store.work.advance(connection, asked, { full: asked.full && score === null, isPulled });
}

/**
 * What a report says as an outcome, a queue needs to hear as an error. What waits for a person is done
 * as far as it goes: he is told, and trying again changes nothing.
 */
function throwStop({ signal }: RunContext, { outcome, stopped }: RunReport): void {
  if (stopped === null || stopped.code === sliceSpent || outcome === 'held') return;
  if (stopped.code === 'STOPPED') signal.throwIfAborted();
  const dispositions = { paused: 'pause-connection', checkpoint: 'end-at-checkpoint' } as const;
  const disposition =
    outcome === 'paused' || outcome === 'checkpoint' ? dispositions[outcome] : 'retry';
  throw new AssayError(stopped.code, disposition, stopped.message, stopped.todo);
}
