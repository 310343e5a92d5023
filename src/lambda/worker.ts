import { type BatchResponse, type SqsRecord, workBatch } from '../jobs/sqs-batch.ts';
import type { Work } from '../jobs/work-queue.ts';
import { oncePerContainer } from './open-container.ts';
import { openLambdaApp } from './open-lambda-app.ts';

/** Left when a slice ends, to finish what is under way; and when what is not finished is broken off. */
const endMs = 120_000;
const breakOffMs = 30_000;

const opened = oncePerContainer(openLambdaApp);

/** SQS FIFO → each connection's work, in a slice that ends before the function does. */
export async function handler(
  { Records }: { readonly Records: readonly SqsRecord[] },
  context: { readonly getRemainingTimeInMillis: () => number },
): Promise<BatchResponse> {
  const { app, queues, batch } = await opened();
  const leftMs = context.getRemainingTimeInMillis();
  const sliceMs = Math.max(0, Math.min(batch.sliceMs, leftMs - endMs));
  const work: Work = (message, signal) => app.work(message, signal, { sliceMs });
  const signal = AbortSignal.timeout(Math.max(0, leftMs - breakOffMs));
  try {
    return await workBatch(queues, Records, work, signal, batch);
  } finally {
    await app.flush();
  }
}
