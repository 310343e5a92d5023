import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll } from 'vitest';
import { sqsQueue } from '../../src/jobs/sqs-queue.ts';
import { testContext } from '../contract/queue/subject.ts';
import { describeQueue } from '../contract/queue.contract.ts';

let aws: FauxqsServer;
let made = 0;

const tuning = { visibilitySeconds: 3, waitSeconds: 1, bucketMs: 200 };

beforeAll(async () => {
  aws = await startFauxqs({ port: 0, logger: false });
});
afterAll(async () => aws.stop());

function newClient(): SQSClient {
  return new SQSClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${aws.port}`,
    useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

describeQueue('of SQS', async () => {
  made += 1;
  const attributes = { FifoQueue: 'true' };
  const { queueUrl } = aws.createQueue(`work-${made}.fifo`, { attributes });
  const { queueUrl: deadLetterUrl } = aws.createQueue(`dead-${made}.fifo`, { attributes });
  const client = newClient();
  return {
    open: async () =>
      sqsQueue({ client: newClient(), queueUrl, deadLetterUrl, tuning }, testContext),
    loseOne: async () => {
      await client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, VisibilityTimeout: 3 }));
    },
    poison: async () => {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: '{"what": "ever"}',
          MessageGroupId: 'stranger',
          MessageDeduplicationId: 'stranger',
        }),
      );
    },
    mostOfBurst: 2,
    keepMs: tuning.visibilitySeconds * 1_000,
    close: async () => client.destroy(),
  };
});
