import type { Secret } from '../lib/secret.ts';
import type { WorkContext } from './work-on.ts';
import type { WorkQueue } from './work-queue.ts';

/** Which queue says that connections have work. */
export type QueueChoice =
  | { readonly kind: 'sqs'; readonly queueUrl: string; readonly deadLetterUrl: string }
  /** On the store's own server. */
  | { readonly kind: 'postgres'; readonly databaseUrl: Secret }
  /** Of this process alone. */
  | { readonly kind: 'memory' };

/** Loads only the driver that is chosen. @throws AssayError `QUEUE_UNAVAILABLE`. */
export async function openQueue(choice: QueueChoice, ctx: WorkContext): Promise<WorkQueue> {
  if (choice.kind === 'memory') {
    const { memoryQueue } = await import('./memory-queue.ts');
    return memoryQueue(ctx);
  }
  if (choice.kind === 'postgres') {
    const { openPgBossQueue } = await import('./pg-boss-queue.ts');
    return openPgBossQueue(choice, ctx);
  }
  const { openSqsQueue } = await import('./sqs-open.ts');
  return openSqsQueue(choice, ctx);
}
