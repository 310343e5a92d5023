import { createHash } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { parseWaiting, storedWaiting, type Waiting } from './waiting.ts';

/** Two FIFO queues: the second takes what is dead. */
export type SqsQueues = {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly deadLetterUrl: string;
};

/** One message in our hands, as polling and Lambda both give it. */
export type Received = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** How often it was given out, this time included. */
  readonly receives: number;
  /** The connection, as long as the message is ours. */
  readonly group: string;
};

/** As many as SQS gives at once: several of one connection become one. */
const MOST = 10;
/** A time so near is waited for in the process. */
export const SHORT_MS = 5_000;
/** Ends the name of the group in which a connection's delayed messages wait; no connection has it. */
export const ASIDE = '/later';

export async function receive(
  { client, queueUrl }: SqsQueues,
  options: { readonly visibilitySeconds: number; readonly waitSeconds: number },
): Promise<readonly Received[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: MOST,
      VisibilityTimeout: options.visibilitySeconds,
      WaitTimeSeconds: options.waitSeconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'MessageGroupId'],
    }),
  );
  return Messages.flatMap(toReceived);
}

function toReceived({ MessageId, ReceiptHandle, Body, Attributes }: Message): readonly Received[] {
  if (MessageId === undefined || ReceiptHandle === undefined) return [];
  return [
    {
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body ?? '',
      receives: Number(Attributes?.ApproximateReceiveCount ?? 1),
      group: Attributes?.MessageGroupId ?? MessageId,
    },
  ];
}

/** Sends within five minutes under the same `once` are one. */
export async function sendWaiting(
  queues: SqsQueues,
  waiting: Waiting,
  once: string,
): Promise<void> {
  await sendTo(queues, waiting.message.connection, waiting, once);
}

/** The same for what must not keep other messages of its connection waiting until its time. */
export async function sendAside(queues: SqsQueues, waiting: Waiting, once: string): Promise<void> {
  await sendTo(queues, `${waiting.message.connection}${ASIDE}`, waiting, once);
}

async function sendTo(
  { client, queueUrl }: SqsQueues,
  group: string,
  waiting: Waiting,
  once: string,
): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify(storedWaiting(waiting)),
      MessageGroupId: group,
      MessageDeduplicationId: shortId(once),
    }),
  );
}

/** SQS takes 128 characters. */
export function shortId(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function readBody(body: string): Waiting | null {
  try {
    return parseWaiting(JSON.parse(body));
  } catch {
    return null;
  }
}

/** One that somebody else was given meanwhile is theirs to remove. */
export async function remove(
  { client, queueUrl }: SqsQueues,
  messages: readonly Received[],
): Promise<void> {
  for (const { receiptHandle } of messages) {
    try {
      await client.send(
        new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }),
      );
    } catch (error) {
      if (!isNoLongerOurs(error)) throw error;
    }
  }
}

/** Nobody else gets them for so long; 0 gives them back at once. */
export async function hide(
  { client, queueUrl }: SqsQueues,
  messages: readonly Received[],
  seconds: number,
): Promise<void> {
  for (const { receiptHandle } of messages)
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
}

/** SQS says it by the error's name, under the older and the newer protocol. */
export function isNoLongerOurs(error: unknown): boolean {
  return error instanceof Error && lostNames.has(error.name);
}

const lostNames = new Set([
  'MessageNotInflight',
  'AWS.SimpleQueueService.MessageNotInflight',
  'ReceiptHandleIsInvalid',
  'InvalidParameterValue',
  'InvalidParameterValueException',
]);
