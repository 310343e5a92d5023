import type { PullTask } from '../domain/pull-task.ts';
import { sideBySide } from '../lib/side-by-side.ts';
import { step } from '../lib/step.ts';
import { ensureGoing } from '../store/stop-store.ts';
import { endPull } from './end-pull.ts';
import { openPull } from './open-pull.ts';
import type { PullOptions, PullOutcome, PullSource } from './pull-source.ts';
import { TaskPool } from './task-pool.ts';

/** Cursors under way at once; the connector's rate budget decides how fast they move. */
const maxCursors = 32;

/**
 * Reads from the CRM into the store. Every page is stored together with its task's next cursor; the
 * watermark moves only when the last task is done. Throws what stops the work; all that was read
 * stays, and the next pull goes on from there.
 */
export async function pullRecords(source: PullSource, options: PullOptions): Promise<PullOutcome> {
  const begun = await openPull(source, options);
  source.log.info({ ...logged(source), mode: begun.mode, tasks: begun.tasks.length }, 'pull.begin');
  source.progress.start('pull', expectedRecords(begun.tasks));
  const totals = { pages: 0, customersChanged: 0, dealsChanged: 0, stale: 0, named: 0 };
  const pool = new TaskPool(begun.tasks);

  await sideBySide(
    pool.tasks(),
    maxCursors,
    async (task, signal) => {
      try {
        let current: PullTask | null = task;
        while (current !== null) {
          signal.throwIfAborted();
          await ensureGoing(source.store.stops, source.connection);
          current = await pullOnePage(source, current, pool, totals, signal);
        }
      } finally {
        pool.finished();
      }
    },
    source.signal,
  );

  const { removed } = await endPull(source);
  step('pull.finished');
  source.progress.end('pull');
  const { named, ...counted } = totals;
  return { ...begun, ...counted, removed: removed + named };
}

type Totals = {
  pages: number;
  customersChanged: number;
  dealsChanged: number;
  stale: number;
  named: number;
};

async function pullOnePage(
  source: PullSource,
  task: PullTask,
  pool: TaskPool,
  totals: Totals,
  signal: AbortSignal,
): Promise<PullTask | null> {
  const { pulls } = source.store;
  const receipts = await pulls.receipts();
  const page = await source.connector.pullPage(task, signal);
  step('pull.page-read');
  const effect = await pulls.savePage(source.connection, {
    receipts,
    taskKey: task.key,
    customers: page.customers,
    deals: page.deals,
    removals: page.removals,
    next: page.next,
    spawned: page.spawned,
  });
  step('pull.page-stored');
  pool.add(page.spawned);
  totals.pages += 1;
  totals.customersChanged += effect.customersChanged;
  totals.dealsChanged += effect.dealsChanged;
  totals.stale += effect.stale;
  totals.named += page.removals.length;
  const records = page.customers.length + page.deals.length;
  source.progress.advance('pull', records);
  source.log.debug({ ...logged(source), task: task.key, records }, 'pull.page');
  return page.next;
}

function expectedRecords(tasks: readonly PullTask[]): number | null {
  let sum = 0;
  for (const task of tasks) {
    if (task.expected === null) return null;
    sum += task.expected;
  }
  return sum;
}

function logged(source: PullSource): { connection: string } {
  return { connection: source.connection };
}
