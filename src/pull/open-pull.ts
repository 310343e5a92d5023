import type { PullPlan } from '../connector/pull.ts';
import type { OwnWrites } from '../domain/own-writes.ts';
import type { PullTask } from '../domain/pull-task.ts';
import { step } from '../lib/step.ts';
import type { PullOptions, PullSource } from './pull-source.ts';

/** A pull under way: begun now, or by a run that did not end. */
export type BegunPull = {
  readonly mode: 'full' | 'delta';
  readonly reason: string;
  readonly resumed: boolean;
  readonly tasks: readonly PullTask[];
};

/**
 * Goes on with the pull that a crash or a spent quota left open, else plans a new one. An open
 * delta gives way when everything is asked for: its cursors would leave records out.
 */
export async function openPull(source: PullSource, options: PullOptions): Promise<BegunPull> {
  const { connection, store } = source;
  const left = await store.pulls.open(connection);
  if (left !== null && (left.mode === 'full' || !options.full)) {
    const reason = `run ${left.runId} left ${left.tasks.length} tasks of its ${left.mode} pull`;
    return { mode: left.mode, reason, resumed: true, tasks: left.tasks };
  }
  if (left !== null) await store.pulls.abandon(connection);
  return beginPull(source, options);
}

async function beginPull(source: PullSource, options: PullOptions): Promise<BegunPull> {
  const { connection, connector, store, signal } = source;
  const watermark = await store.pulls.watermark(connection);
  const plan = await connector.planPull(
    {
      mode: options.full || watermark === null ? 'full' : 'delta',
      watermark,
      ownWrites: byWeight(await store.plans.ownWrites(connection, ledgerStart(source))),
      known: await knownRecords(source),
      mayList: options.mayList,
    },
    signal,
  );
  await store.pulls.begin(connection, {
    mode: plan.mode,
    runId: options.runId,
    watermark: plan.watermark,
    complete: plan.complete,
    tasks: plan.tasks,
  });
  step('pull.planned');
  return { mode: plan.mode, reason: reasonOf(plan, options), resumed: false, tasks: plan.tasks };
}

function reasonOf({ reason }: PullPlan, { mayList, fullWhy }: PullOptions): string {
  if (!mayList) return `${reason}; ${rests}`;
  return fullWhy === undefined ? reason : `${reason}; ${fullWhy}`;
}

const rests = 'nothing is listed completely for some hours, for the last listing was not believed';

async function knownRecords(source: PullSource): Promise<{ customers: number; deals: number }> {
  const { customers, deals } = await source.store.records.counts(source.connection);
  return { customers, deals };
}

/** A night's run counts for more than the many small rescorings after it. */
function byWeight(all: readonly OwnWrites[]): readonly OwnWrites[] {
  return all.toSorted((a, b) => a.count - b.count);
}

const ledgerDays = 40;

/** Only how far the ledger is read: a write left out is read again, never lost. */
function ledgerStart(source: PullSource): string {
  return new Date(source.clock.now() - ledgerDays * 86_400_000).toISOString();
}
