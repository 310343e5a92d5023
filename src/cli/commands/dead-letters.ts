import type { Config } from '../../config/config.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderDeadLetters, renderRetried, renderWithinServe } from '../views/dead-letters.ts';
import { readConfig, withQueue } from '../with-app.ts';

/** `assay dead-letters`. */
export const deadLetters: CommandBody = {
  takes: '[list | retry <id> | retry --all]',
  positionals: { least: 0, most: 2 },
  needs: ([verb]) => (verb === 'retry' ? 'operator' : 'viewer'),
  options: [
    { kind: 'flag', name: 'all', help: 'With retry: put every dead letter back' },
    ...configOptions,
  ],
  about: `Lists what workers gave up: which connection, the last error and what to do about it. retry puts one
back, or all: a worker then looks into the store for what is to do, so that trying again does nothing twice.
The queue is SQS where ASSAY_SQS_QUEUE_URL says so, else on the server of DATABASE_URL; without either it
lives within \`assay serve\`, whose log names what is dead.
With --json: {"waiting","oldestMs","deadLetters":[{"id","message","code","error","todo","attempts","failedAt"}]},
for retry {"retried"}.`,
  examples: [
    { line: 'dead-letters', does: 'what was given up, oldest first' },
    { line: 'dead-letters retry --all', does: 'after the cause is mended' },
  ],
  run: async (invocation) => {
    const act = actionOf(invocation);
    const config = readConfig(invocation);
    if (livesWithinServe(config)) showWithinServe(invocation);
    else await withQueue(config, invocation, act);
    return exitCodes.done;
  },
};

/** Nobody outside that process can look into it. */
function livesWithinServe({ sqs = null, store }: Config): boolean {
  return sqs === null && store.kind === 'folder';
}

function showWithinServe({ screen }: Invocation): void {
  screen.result({ waiting: null, oldestMs: null, deadLetters: [] }, renderWithinServe);
}

/** Read before anything is opened. */
function actionOf(invocation: Invocation): (queue: WorkQueue) => Promise<void> {
  const { flags } = invocation;
  const [verb = 'list', id] = flags.positionals;
  const all = flags.isSet('all');
  if (verb === 'list' && id === undefined && !all) return (queue) => list(queue, invocation);
  if (verb === 'retry' && all && id === undefined)
    return (queue) => retry(queue, 'all', invocation);
  if (verb === 'retry' && !all && id !== undefined && id !== 'all')
    return (queue) => retry(queue, id, invocation);
  throw usageInvalid(
    'assay dead-letters lists, or puts one back, or all',
    'Write `assay dead-letters`, `assay dead-letters retry <id>` or `assay dead-letters retry --all`.',
  );
}

async function list(queue: WorkQueue, { screen }: Invocation): Promise<void> {
  const letters = await queue.deadLetters();
  const { waiting, oldestMs } = await queue.depth();
  screen.result({ waiting, oldestMs, deadLetters: letters }, () =>
    renderDeadLetters(letters, { waiting, oldestMs }),
  );
}

async function retry(queue: WorkQueue, id: string, { screen }: Invocation): Promise<void> {
  const retried = await queue.retryDead(id);
  if (retried === 0 && id !== 'all')
    throw usageInvalid(
      `There is no dead letter ${id}`,
      '`assay dead-letters` lists those there are.',
    );
  screen.result({ retried }, () => renderRetried(retried));
}
