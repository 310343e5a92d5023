import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AssayError } from '../../src/domain/assay-error.ts';
import { openPgBossQueue } from '../../src/jobs/pg-boss-queue.ts';
import type { Secret } from '../../src/lib/secret.ts';
import { testContext, until, watch } from '../contract/queue/subject.ts';
import { startServer } from '../store/embedded-server.ts';
import { openWorkplace, sandboxConfig, type Workplace } from './run-assay.ts';

let place: Workplace;
let server: Awaited<ReturnType<typeof startServer>>;
let database: Secret;
let aws: FauxqsServer;

beforeAll(async () => {
  place = openWorkplace();
  place.writeConfig(sandboxConfig('http://127.0.0.1:9'));
  server = await startServer();
  database = await server.database('letters');
  aws = await startFauxqs({ port: 0, logger: false });
});

afterAll(async () => {
  await aws.stop();
  await server.stop();
  place.remove();
});

async function onPostgres(...args: readonly string[]) {
  return place.assay(['dead-letters', ...args], { DATABASE_URL: database.reveal() });
}

async function giveUp(...connections: readonly string[]): Promise<void> {
  const queue = await openPgBossQueue({ databaseUrl: database }, testContext);
  for (const connection of connections) await queue.send({ connection, reason: 'schedule' });
  const { stop } = watch([queue], 2, async () => {
    const words = ['The token was refused.', 'Connect again.'] as const;
    throw new AssayError('TOKEN_REFUSED', 'pause-connection', ...words);
  });
  await until(async () => (await queue.deadLetters()).length === connections.length);
  await stop();
  await queue.close();
}

describe('assay dead-letters', { timeout: 120_000 }, () => {
  it('lists what was given up on Postgres, and puts it back', async () => {
    const none = await onPostgres();
    expect(none.code, none.stderr).toBe(0);
    expect(none.stdout).toMatch(/^No dead letters\. 0 messages waiting\./);

    await giveUp('shop', 'outlet');
    const listed = await onPostgres();
    expect(listed.stdout).toMatch(/^shop \(schedule\) {2}[0-9a-f-]{36}$/m);
    expect(listed.stdout).toMatch(/^ +The token was refused\.$/m);
    expect(listed.stdout).toMatch(/^ +→ Connect again\.$/m);
    expect(listed.stdout).toMatch(/TOKEN_REFUSED, after 1 attempt, 20/);

    const { deadLetters } = JSON.parse((await onPostgres('list', '--json')).stdout);
    expect(deadLetters).toMatchObject([{ code: 'TOKEN_REFUSED' }, { code: 'TOKEN_REFUSED' }]);
    const one = await onPostgres('retry', deadLetters[0].id);
    expect(one.stdout).toMatch(/^Put back 1 message;/);
    const all = await onPostgres('retry', '--all', '--json');
    expect(JSON.parse(all.stdout)).toEqual({ retried: 1 });
    expect(JSON.parse((await onPostgres('--json')).stdout)).toMatchObject({
      waiting: 2,
      deadLetters: [],
    });
  });

  it('says what it does not understand, before it opens anything', async () => {
    for (const args of [['retry'], ['retry', 'x', '--all'], ['list', '--all'], ['mend', 'x']]) {
      const { code, stderr } = await place.assay(['dead-letters', ...args]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/USAGE_INVALID/)]);
    }
    const unknown = await onPostgres('retry', 'no-such-letter');
    expect(unknown.stderr).toMatch(/There is no dead letter no-such-letter/);
    expect(unknown.code).toBe(2);
  });

  it('reads SQS where its addresses are set', async () => {
    const attributes = { FifoQueue: 'true' };
    aws.createQueue('assay-work.fifo', { attributes });
    aws.createQueue('assay-dead.fifo', { attributes });
    const body = JSON.stringify({ connection: 'shop', reason: 'webhook' });
    const group = { messageGroupId: 'shop', messageDeduplicationId: 'one' };
    aws.sendMessage('assay-dead.fifo', body, group);
    const address = (name: string) => `http://127.0.0.1:${aws.port}/000000000000/${name}.fifo`;
    const variables = {
      ASSAY_SQS_QUEUE_URL: address('assay-work'),
      ASSAY_SQS_DEAD_LETTER_URL: address('assay-dead'),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
    const listed = await place.assay(['dead-letters', '--json'], variables);
    expect(listed.code, listed.stderr).toBe(0);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      deadLetters: [{ message: { connection: 'shop' }, code: 'WORK_ABANDONED' }],
    });
    const retried = await place.assay(['dead-letters', 'retry', '--all'], variables);
    expect(retried.stdout, retried.stderr).toMatch(/^Put back 1 message/);
    expect(aws.inspectQueue('assay-work.fifo')?.messages.ready).toHaveLength(1);

    const half = await place.assay(['dead-letters'], { ASSAY_SQS_QUEUE_URL: address('work') });
    expect(half.stderr).toMatch(/only one is set/);
    const plain = await place.assay(['dead-letters'], { ASSAY_SQS_QUEUE_URL: 'http://x/plain' });
    expect(plain.stderr).toMatch(/ASSAY_SQS_QUEUE_URL must name a FIFO queue/);
  });

  it('says that the server with queue and store cannot be reached, and never the password', async () => {
    const { code, stdout, stderr } = await place.assay(['dead-letters', '--debug'], {
      DATABASE_URL: 'postgres://assay:hunter2@127.0.0.1:9/none',
    });
    expect(code).toBe(4);
    expect(stderr).toMatch(/STORE_UNAVAILABLE/);
    expect(stdout + stderr).not.toMatch(/hunter2/);
  });

  it('says where to look when the queue lives in its process', async () => {
    const { code, stdout } = await place.assay(['dead-letters']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^The queue lives within `assay s/)]);
    const { stdout: json } = await place.assay(['dead-letters', '--json']);
    expect(JSON.parse(json)).toEqual({ waiting: null, oldestMs: null, deadLetters: [] });
  });
});
