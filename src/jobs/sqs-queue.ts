import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { ClaimSource } from './claim.ts';
import { type Bells, consumeClaims } from './consume.ts';
import { reachingQueue } from './queue-unavailable.ts';
import { sharedCalls } from './shared-calls.ts';
import { claimsOf } from './sqs-claims.ts';
import { retryGrave, withGraves } from './sqs-letters.ts';
import { receive, SHORT_MS, type SqsQueues, sendAside, sendWaiting } from './sqs-messages.ts';
import type { WorkContext } from './work-on.ts';
import type { QueueDepth, WorkMessage, WorkQueue } from './work-queue.ts';

export type SqsTuning = {
  /** Another worker is given what was not heard of for so long. Default 120. */
  readonly visibilitySeconds: number;
  /** How long one call waits for messages; also the longest that stopping takes. Default 5. */
  readonly waitSeconds: number;
  /** Messages of one connection and reason within so long are one. Default 2,000. */
  readonly bucketMs: number;
};

export const defaultSqsTuning: SqsTuning = {
  visibilitySeconds: 120,
  waitSeconds: 5,
  bucketMs: 2_000,
};

export type SqsQueueOptions = SqsQueues & { readonly tuning?: Partial<SqsTuning> };

/**
 * The queue on AWS: FIFO, a connection is a message group, so SQS itself holds "one at a time". It
 * counts what is put off until later as being worked on, and cannot say how old its messages are.
 */
export function sqsQueue(options: SqsQueueOptions, ctx: WorkContext): WorkQueue {
  const tuning = { ...defaultSqsTuning, ...options.tuning };
  const claiming = { ...options, clock: ctx.clock, visibilitySeconds: tuning.visibilitySeconds };
  const bells: Bells = new Set();
  const sendOnce = senderOf(options, tuning, ctx);
  const source: ClaimSource = {
    take: async (limit) => {
      const claims = await claimsOf(claiming, await receive(options, tuning));
      await Promise.allSettled(claims.slice(limit).map(({ release }) => release()));
      return claims.slice(0, limit);
    },
    idleMs: () => 0,
  };
  return {
    send: async (message, { delayMs = 0 } = {}) => reachingQueue(() => sendOnce(message, delayMs)),
    consume: async (work, consuming) => consumeClaims(source, bells, work, consuming, ctx),
    depth: () => reachingQueue(() => readDepth(options)),
    deadLetters: () =>
      reachingQueue(() =>
        withGraves(options, async (graves) => graves.map(({ letter }) => letter)),
      ),
    retryDead: (id) => reachingQueue(() => retryGraves(options, id)),
    close: async () => options.client.destroy(),
  };
}

/**
 * SQS forgets a second message of the same id for five minutes, also when the first is long done. So
 * the id holds only for a short stretch, and work begins at its end: whatever was said within it was
 * said before anybody looked.
 */
function senderOf(queues: SqsQueues, { bucketMs }: SqsTuning, { clock }: WorkContext) {
  const shared = sharedCalls();
  // What SQS would drop is not sent: a flood of webhooks is one call in a stretch.
  const sent = new Map<string, number>();
  return async (message: WorkMessage, delayMs: number): Promise<void> => {
    const now = clock.now();
    const bucket = Math.floor((now + delayMs) / bucketMs);
    const startAt = (bucket + 1) * bucketMs;
    const waiting = { message, attempts: 0, held: false, startAt };
    const isFar = startAt - now > SHORT_MS;
    const once = [message.connection, message.reason, bucket, isFar ? 'later' : 'now'].join(':');
    await shared(once, async () => {
      if (sent.has(once)) return;
      await (isFar ? sendAside(queues, waiting, once) : sendWaiting(queues, waiting, once));
      forgetPast(sent, now);
      sent.set(once, startAt);
    });
  };
}

function forgetPast(sent: Map<string, number>, now: number): void {
  for (const [once, startAt] of sent) if (startAt < now) sent.delete(once);
}

async function retryGraves(queues: SqsQueues, id: string | 'all'): Promise<number> {
  return withGraves(queues, async (graves) => {
    const chosen = graves.filter(({ letter }) => id === 'all' || letter.id === id);
    for (const grave of chosen) await retryGrave(queues, grave);
    return chosen.length;
  });
}

async function readDepth(queues: SqsQueues): Promise<QueueDepth> {
  const { queueUrl, deadLetterUrl } = queues;
  const [waiting, dead] = await Promise.all([
    messagesIn(queues, queueUrl),
    messagesIn(queues, deadLetterUrl),
  ]);
  return { waiting, oldestMs: null, dead };
}

async function messagesIn({ client }: SqsQueues, url: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesDelayed'],
    }),
  );
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesDelayed: delayed } =
    Attributes ?? {};
  return Number(visible ?? 0) + Number(delayed ?? 0);
}
