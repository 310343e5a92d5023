import { claimsOf, type SqsClaim } from './sqs-claims.ts';
import type { Received, SqsQueues } from './sqs-messages.ts';
import { defaultSqsTuning } from './sqs-queue.ts';
import { type WorkContext, workOn } from './work-on.ts';
import type { Work } from './work-queue.ts';

/** A message as Lambda's event source gives it, as far as we look. */
export type SqsRecord = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: {
    readonly ApproximateReceiveCount: string;
    readonly MessageGroupId?: string;
  };
};

/** What Lambda wants to hear: all others are deleted (`ReportBatchItemFailures`). */
export type BatchResponse = {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
};

/** Names the messages that are not settled, in their order: SQS gives them out again. */
export function batchFailures(
  records: readonly Pick<SqsRecord, 'messageId'>[],
  settled: ReadonlySet<string>,
): BatchResponse {
  const open = records.filter(({ messageId }) => !settled.has(messageId));
  return { batchItemFailures: open.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/**
 * Works on a batch as `consume` would, for a Lambda behind the queue: connections side by side, one
 * message each, failures put back or buried by their disposition.
 */
export async function workBatch(
  queues: SqsQueues,
  records: readonly SqsRecord[],
  work: Work,
  signal: AbortSignal,
  ctx: WorkContext,
): Promise<BatchResponse> {
  const { visibilitySeconds } = defaultSqsTuning;
  const claiming = { ...queues, clock: ctx.clock, visibilitySeconds };
  const settled = new Set<string>();
  const claims = await claimsOf(claiming, records.map(toReceived));
  await Promise.all(claims.map((claim) => workOn(noting(claim, settled), work, signal, ctx)));
  return batchFailures(records, settled);
}

function toReceived({ messageId, receiptHandle, body, attributes }: SqsRecord): Received {
  const { ApproximateReceiveCount: receives, MessageGroupId: group = messageId } = attributes;
  return { messageId, receiptHandle, body, receives: Number(receives), group };
}

/** The claim, noting its messages once the queue no longer has to give them out. */
function noting(claim: SqsClaim, settled: Set<string>): SqsClaim {
  const note = (): void => {
    for (const id of claim.messageIds) settled.add(id);
  };
  return {
    ...claim,
    done: async () => claim.done().then(note),
    again: async (delayMs, attempts) => claim.again(delayMs, attempts).then(note),
    bury: async (cause) => claim.bury(cause).then(note),
  };
}
