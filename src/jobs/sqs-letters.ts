import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type Received, readBody, type SqsQueues, shortId } from './sqs-messages.ts';
import { abandoned, type DeathCause } from './verdict.ts';
import type { DeadLetter } from './work-queue.ts';

/** A dead letter in our hands. */
export type Grave = {
  readonly letter: DeadLetter;
  readonly body: string;
  readonly receiptHandle: string;
};

/** A look at all letters takes them for a moment; they come back by themselves if we die. */
const LOOK_SECONDS = 20;
/** So many letters are shown or put back at once. */
const SHOWN = 1_000;

/** Each letter is a group of its own, so that looking at one hides no other. */
export async function bury(
  { client, deadLetterUrl }: SqsQueues,
  received: readonly Received[],
  cause: DeathCause,
  now: number,
): Promise<void> {
  const [first] = received;
  if (first === undefined) return;
  await client.send(
    new SendMessageCommand({
      QueueUrl: deadLetterUrl,
      MessageBody: first.body,
      MessageGroupId: first.messageId,
      MessageDeduplicationId: shortId(`dead:${first.messageId}`),
      MessageAttributes: {
        code: text(cause.code),
        error: text(cause.error),
        todo: text(cause.todo),
        attempts: text(String(cause.attempts)),
        failedAt: text(new Date(now).toISOString()),
      },
    }),
  );
}

function text(value: string): MessageAttributeValue {
  return { DataType: 'String', StringValue: value };
}

/** Shows all letters to `look`, then gives back those that it did not remove. */
export async function withGraves<T>(
  queues: SqsQueues,
  look: (graves: readonly Grave[]) => Promise<T>,
): Promise<T> {
  const graves: Grave[] = [];
  for (;;) {
    const found = await takeGraves(queues);
    graves.push(...found);
    if (found.length === 0 || graves.length >= SHOWN) break;
  }
  try {
    return await look(
      graves.toSorted((a, b) => a.letter.failedAt.localeCompare(b.letter.failedAt)),
    );
  } finally {
    await giveBack(queues, graves);
  }
}

async function takeGraves({ client, deadLetterUrl }: SqsQueues): Promise<readonly Grave[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: deadLetterUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: LOOK_SECONDS,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
    }),
  );
  return Messages.flatMap(toGrave);
}

function toGrave(message: Message): readonly Grave[] {
  const { MessageId, ReceiptHandle, Body = '' } = message;
  if (MessageId === undefined || ReceiptHandle === undefined) return [];
  const known = { id: MessageId, message: readBody(Body)?.message ?? null };
  const letter = { ...known, ...causeOf(message), failedAt: failedAtOf(message) };
  return [{ letter, body: Body, receiptHandle: ReceiptHandle }];
}

/** Without our words SQS itself gave the message up, by the queue's redrive policy. */
function causeOf({ Attributes, MessageAttributes = {} }: Message): DeathCause {
  const value = (name: string): string | undefined => MessageAttributes[name]?.StringValue;
  const fallback = abandoned(Number(Attributes?.ApproximateReceiveCount ?? 0));
  const code = value('code');
  if (code === undefined) return fallback;
  const attempts = Number(value('attempts') ?? 0);
  return { code, error: value('error') ?? '', todo: value('todo') ?? '', attempts };
}

function failedAtOf({ Attributes, MessageAttributes = {} }: Message): string {
  const sent = new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString();
  return MessageAttributes['failedAt']?.StringValue ?? sent;
}

/** Puts it back as it was when it came first. */
export async function retryGrave(
  { client, queueUrl, deadLetterUrl }: SqsQueues,
  { letter, body, receiptHandle }: Grave,
): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: letter.message === null ? body : JSON.stringify(letter.message),
      MessageGroupId: letter.message?.connection ?? letter.id,
      MessageDeduplicationId: shortId(`retried:${letter.id}`),
    }),
  );
  await client.send(
    new DeleteMessageCommand({ QueueUrl: deadLetterUrl, ReceiptHandle: receiptHandle }),
  );
}

async function giveBack(
  { client, deadLetterUrl }: SqsQueues,
  graves: readonly Grave[],
): Promise<void> {
  const given = graves.map(({ receiptHandle }) =>
    client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: deadLetterUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 0,
      }),
    ),
  );
  // What was removed or has come back by itself refuses; there is nothing to give.
  await Promise.allSettled(given);
}
