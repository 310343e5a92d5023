import type { DeadLetter, QueueDepth } from '../../jobs/work-queue.ts';
import { counted } from './figures.ts';
import { indent } from './table.ts';

type Waiting = Pick<QueueDepth, 'waiting' | 'oldestMs'>;

/** `assay dead-letters`, for a person. */
export function renderDeadLetters(letters: readonly DeadLetter[], waiting: Waiting): string {
  const queue = waitingText(waiting);
  if (letters.length === 0) return `No dead letters. ${queue}`;
  return [
    ...letters.map(renderLetter),
    `${counted(letters.length, 'dead letter')}. ${queue}`,
    'Try one again with `assay dead-letters retry <id>`, or all with --all.',
  ].join('\n');
}

/** With a store in a folder. */
export function renderWithinServe(): string {
  return [
    'The queue lives within `assay serve`, as there is neither DATABASE_URL nor ASSAY_SQS_QUEUE_URL.',
    'Its log has a line `queue.dead` for each connection it gave up; a restart tries all again.',
  ].join('\n');
}

/** What `retry` did. */
export function renderRetried(retried: number): string {
  return retried === 0
    ? 'No dead letters.'
    : `Put back ${counted(retried, 'message')}; a worker takes it from there.`;
}

function renderLetter({ id, message, code, error, todo, attempts, failedAt }: DeadLetter): string {
  const what = message === null ? 'unreadable' : `${message.connection} (${message.reason})`;
  const lines = [error, `→ ${todo}`, `${code}, after ${counted(attempts, 'attempt')}, ${failedAt}`];
  return `${what}  ${id}\n${indent(lines.join('\n'))}`;
}

function waitingText({ waiting, oldestMs }: Waiting): string {
  const age = oldestMs === null ? '' : `, the oldest for ${Math.round(oldestMs / 1_000)} s`;
  return `${counted(waiting, 'message')} waiting${age}.`;
}
