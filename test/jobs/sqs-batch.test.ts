import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AssayError } from '../../src/domain/assay-error.ts';
import { batchFailures, type SqsRecord, workBatch } from '../../src/jobs/sqs-batch.ts';
import { sqsQueue } from '../../src/jobs/sqs-queue.ts';
import type { WorkMessage } from '../../src/jobs/work-queue.ts';
import { testContext } from '../contract/queue/subject.ts';

let aws: FauxqsServer;
let made = 0;
let queues: { client: SQSClient; queueUrl: string; deadLetterUrl: string };

beforeAll(async () => {
  aws = await startFauxqs({ port: 0, logger: false });
});
afterAll(async () => aws.stop());

beforeEach(() => {
  made += 1;
  const attributes = { FifoQueue: 'true' };
  queues = {
    client: new SQSClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${aws.port}`,
      useQueueUrlAsEndpoint: false,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
    queueUrl: aws.createQueue(`work-${made}.fifo`, { attributes }).queueUrl,
    deadLetterUrl: aws.createQueue(`dead-${made}.fifo`, { attributes }).queueUrl,
  };
});

/** Messages as Lambda’s event source takes them: several of a connection may be among them. */
async function records(messages: readonly (WorkMessage | string)[]): Promise<SqsRecord[]> {
  for (const [index, message] of messages.entries())
    aws.sendMessage(
      `work-${made}.fifo`,
      typeof message === 'string' ? message : JSON.stringify(message),
      { messageGroupId: `group-${index}`, messageDeduplicationId: `${index}` },
    );
  const { Messages = [] } = await queues.client.send(
    new ReceiveMessageCommand({ QueueUrl: queues.queueUrl, MaxNumberOfMessages: 10 }),
  );
  return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '' }) => ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: { ApproximateReceiveCount: '1', MessageGroupId: groupOf(Body) },
  }));
}

function groupOf(body: string): string {
  return body.startsWith('{') ? JSON.parse(body).connection : 'stranger';
}

const going = new AbortController().signal;
const revoked = new AssayError('TOKEN_REFUSED', 'pause-connection', 'Revoked.', 'Connect again.');

describe('a batch of SQS in a Lambda', () => {
  it('names what is not settled, in order', () => {
    const three = ['a', 'b', 'c'].map((messageId) => ({ messageId }));
    expect(batchFailures(three, new Set(['b']))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'c' }],
    });
    expect(batchFailures(three, new Set(['c', 'a', 'b']))).toEqual({ batchItemFailures: [] });
  });

  it('looks once at each connection, however many messages of it came', async () => {
    const batch = await records([
      { connection: 'shop', reason: 'webhook' },
      { connection: 'shop', reason: 'schedule' },
      { connection: 'outlet', reason: 'webhook' },
      { connection: 'shop', reason: 'webhook' },
    ]);
    const seen: WorkMessage[] = [];
    const work = async (message: WorkMessage) => void seen.push(message);
    const answer = await workBatch(queues, batch, work, going, testContext);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([
      { connection: 'shop', reason: 'schedule' },
      { connection: 'outlet', reason: 'webhook' },
    ]);
    expect(aws.inspectQueue(`work-${made}.fifo`)?.messages.inflight).toEqual([]);
  });

  it('settles each by itself: done, dead with its reason, later', async () => {
    const batch = await records([
      { connection: 'fine', reason: 'webhook' },
      { connection: 'revoked', reason: 'webhook' },
      { connection: 'slow', reason: 'webhook' },
      'no message of ours',
    ]);
    const work = async ({ connection }: WorkMessage) => {
      if (connection === 'revoked') throw revoked;
      if (connection === 'slow') throw new AssayError('BUSY', 'retry', 'Busy.', 'Nothing.');
    };
    const answer = await workBatch(queues, batch, work, going, testContext);
    expect(answer).toEqual({ batchItemFailures: [] });
    const queue = sqsQueue(queues, testContext);
    const letters = await queue.deadLetters();
    expect(letters.map(({ code, message }) => [code, message?.connection])).toEqual(
      expect.arrayContaining([
        ['TOKEN_REFUSED', 'revoked'],
        ['MESSAGE_UNREADABLE', undefined],
      ]),
    );
    const left = aws.inspectQueue(`work-${made}.fifo`)?.messages.ready ?? [];
    expect(left.map(({ body }) => JSON.parse(body))).toMatchObject([
      { connection: 'slow', attempts: 1, held: true },
    ]);
  });

  it('gives back what was stopped, and hides what must wait', async () => {
    const later = { attempts: 1, held: true, startAt: Date.now() + 3_600_000 };
    const batch = await records([
      { connection: 'shop', reason: 'schedule' },
      JSON.stringify({ connection: 'held', reason: 'webhook', ...later }),
    ]);
    const stopping = new AbortController();
    const work = async (_message: WorkMessage, signal: AbortSignal) => {
      stopping.abort();
      signal.throwIfAborted();
    };
    const answer = await workBatch(queues, batch, work, stopping.signal, testContext);
    expect(answer.batchItemFailures).toHaveLength(2);
    const { ready = [], inflight = [] } = aws.inspectQueue(`work-${made}.fifo`)?.messages ?? {};
    expect(ready).toHaveLength(1);
    const hiddenMs = (inflight[0]?.visibilityDeadline ?? 0) - Date.now();
    expect(hiddenMs).toBeGreaterThan(3_590_000);
  });

  it('buries a message whose workers are always lost', async () => {
    const [record] = await records([{ connection: 'shop', reason: 'schedule' }]);
    if (record === undefined) throw new Error('nothing received');
    const lost = { ...record, attributes: { ...record.attributes, ApproximateReceiveCount: '41' } };
    const work = async () => expect.unreachable();
    await workBatch(queues, [lost], work, going, testContext);
    const [letter] = await sqsQueue(queues, testContext).deadLetters();
    expect(letter).toMatchObject({ code: 'WORK_ABANDONED', message: { connection: 'shop' } });
  });
});
