import { SQSClient } from '@aws-sdk/client-sqs';
import type { SqsQueues } from './sqs-messages.ts';
import { sqsQueue } from './sqs-queue.ts';
import type { WorkContext } from './work-on.ts';
import type { WorkQueue } from './work-queue.ts';

export type SqsAddresses = { readonly queueUrl: string; readonly deadLetterUrl: string };

/** Both queues with a client; who we are to AWS is found as every SDK of AWS finds it. */
export function openSqsQueues({ queueUrl, deadLetterUrl }: SqsAddresses): SqsQueues {
  const region = regionOf(queueUrl);
  return { client: new SQSClient(region === null ? {} : { region }), queueUrl, deadLetterUrl };
}

export function openSqsQueue(addresses: SqsAddresses, ctx: WorkContext): WorkQueue {
  return sqsQueue(openSqsQueues(addresses), ctx);
}

/** The address names it, so that nobody has to set `AWS_REGION` as well. */
function regionOf(url: string): string | null {
  return /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(url)?.[1] ?? null;
}
