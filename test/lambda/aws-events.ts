import { createServer, type IncomingMessage } from 'node:http';
import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';

const answerOfLambda = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
});

/** An HTTP API: every request becomes an event of payload 2.0, its answer a response. */
export async function startHttpApi(invoke: (event: unknown) => Promise<unknown>) {
  const server = createServer(async (request, response) => {
    const { statusCode, headers, body } = answerOfLambda.parse(
      await invoke(httpEvent(request, await bodyOf(request))),
    );
    response.writeHead(statusCode, headers).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Takes alerts as Slack does, slowly: what it took stands in `taken` once it has answered. */
export async function startAlertInbox() {
  const taken: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    await new Promise((done) => setTimeout(done, 300));
    taken.push(body.toString('utf8'));
    response.end('ok');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/alerts`, taken, close: () => server.close() };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function httpEvent({ url = '/', method = 'GET', headers }: IncomingMessage, body: Buffer) {
  const [rawPath = '/', rawQueryString = ''] = url.split('?');
  return {
    ...{ version: '2.0', routeKey: '$default', rawPath, rawQueryString, headers },
    requestContext: {
      ...{ apiId: 'api', stage: '$default', requestId: 'one', accountId: '1' },
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: '' },
    },
    ...(body.length > 0 && { body: body.toString('utf8') }),
    isBase64Encoded: false,
  };
}

/** What Lambda's event source would hand over now, at most one batch; `null`: nothing is there. */
export async function takeBatch(client: SQSClient, queueUrl: string) {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      ...{ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 },
      MessageSystemAttributeNames: ['All'],
    }),
  );
  if (Messages.length === 0) return null;
  return {
    Records: Messages.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
      ...{ messageId: MessageId, receiptHandle: ReceiptHandle, body: Body },
      ...{ attributes: Attributes, eventSource: 'aws:sqs' },
    })),
  };
}
