import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AssayError } from '../../src/domain/assay-error.ts';
import { openPgBossQueue } from '../../src/jobs/pg-boss-queue.ts';
import { Secret } from '../../src/lib/secret.ts';
import { sleep, testContext, until, watch } from '../contract/queue/subject.ts';
import { startServer } from '../store/embedded-server.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let made = 0;

const tuning = { pollMs: 100, keepSeconds: 10, superviseSeconds: 1 };

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => server.stop());

async function aDatabase() {
  made += 1;
  const name = `faults_${made}`;
  const databaseUrl = await server.database(name);
  const query = async (sql: string) => {
    const client = server.client(name);
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  };
  const open = async (log = testContext.log) =>
    openPgBossQueue({ databaseUrl, tuning }, { ...testContext, log });
  return { query, open };
}

function listeningLogger() {
  const lines: string[] = [];
  const note = (facts: unknown, event: string) =>
    void lines.push(`${event} ${JSON.stringify(facts)}`);
  return { lines, log: { debug: note, info: note, warn: note, error: note } };
}

describe('pg-boss on the store’s own server', { timeout: 90_000 }, () => {
  it('lives in a schema of its own and keeps nothing of what went well', async () => {
    const { open, query } = await aDatabase();
    const queue = await open();
    await queue.send({ connection: 'shop', reason: 'schedule' });
    const { seen, stop } = watch([queue], 1, async () => undefined);
    await until(() => seen.length === 1);
    await stop();
    await queue.close();
    const schemas = await query(
      `SELECT DISTINCT table_schema FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(schemas).toEqual([{ table_schema: 'assay_queue' }]);
    expect(await query('SELECT id FROM assay_queue.job')).toEqual([]);
  });

  it('is opened by several processes at once on an empty database', async () => {
    const { open } = await aDatabase();
    const queues = await Promise.all([open(), open(), open()]);
    await queues[2]?.send({ connection: 'shop', reason: 'manual' });
    expect(await queues[0]?.depth()).toMatchObject({ waiting: 1, dead: 0 });
    await Promise.all(queues.map((queue) => queue.close()));
  });

  it('keeps one row of what many processes say at once', async () => {
    const { open, query } = await aDatabase();
    const queues = [await open(), await open()];
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        queues[index % 2]?.send({
          connection: `portal-${index % 3}`,
          reason: index % 5 === 0 ? 'schedule' : 'webhook',
        }),
      ),
    );
    const rows = await query(
      `SELECT data->>'connection' AS connection, data->>'reason' AS reason
       FROM assay_queue.job WHERE name = 'work' ORDER BY 1`,
    );
    expect(rows).toEqual(
      [0, 1, 2].map((index) => ({ connection: `portal-${index}`, reason: 'schedule' })),
    );
    await Promise.all(queues.map((queue) => queue.close()));
  });

  it('says how long the oldest could have been worked on', async () => {
    const { open } = await aDatabase();
    const queue = await open();
    await queue.send({ connection: 'shop', reason: 'webhook' }, { delayMs: 60_000 });
    expect(await queue.depth()).toEqual({ waiting: 1, oldestMs: null, dead: 0 });
    await queue.send({ connection: 'shop', reason: 'webhook' });
    await sleep(300);
    expect((await queue.depth()).oldestMs).toBeGreaterThan(200);
    await queue.close();
  });

  it('stops a worker that was given up, and lets its word count no more', async () => {
    const { open, query } = await aDatabase();
    const queues = [await open(), await open()];
    await queues[0]?.send({ connection: 'shop', reason: 'schedule' });
    const reasons: unknown[] = [];
    const watched = watch(queues, 1, async (_message, signal, time) => {
      if (time > 1) return;
      await query(`UPDATE assay_queue.job SET heartbeat_on = now() - interval '1 hour'`);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      reasons.push(signal.reason);
      throw new AssayError('SOME_CODE', 'pause-connection', 'Too late.', 'Nothing.');
    });
    await until(() => watched.seen.length === 2 && reasons.length === 1, 30_000);
    await watched.stop();
    expect(reasons).toMatchObject([{ code: 'CLAIM_LOST' }]);
    expect(await queues[0]?.deadLetters()).toEqual([]);
    expect(await queues[0]?.depth()).toMatchObject({ waiting: 0 });
    await Promise.all(queues.map((queue) => queue.close()));
  });

  it('buries a message whose workers are always lost', async () => {
    const { open, query } = await aDatabase();
    const queue = await open();
    await queue.send({ connection: 'shop', reason: 'schedule' });
    await query(`UPDATE assay_queue.job SET retry_count = 2, started_on = now()`);
    const { seen, stop } = watch([queue], 1, async () => undefined);
    await until(async () => (await queue.deadLetters()).length === 1);
    await stop();
    expect(seen).toEqual([]);
    expect(await queue.deadLetters()).toMatchObject([{ code: 'WORK_ABANDONED', attempts: 3 }]);
    await queue.close();
  });

  it('outlives a restart of the database, with work under way, and loses nothing', async () => {
    const { open } = await aDatabase();
    const { lines, log } = listeningLogger();
    const queue = await open(log);
    const names = Array.from({ length: 6 }, (_, index) => `portal-${index}`);
    for (const connection of names) await queue.send({ connection, reason: 'schedule' });
    const done = new Set<string>();
    const watched = watch([queue], 2, async ({ connection }) => {
      await sleep(700);
      done.add(connection);
    });
    await until(() => watched.seen.length === 2);
    await server.restart(2_500);
    await until(() => done.size === names.length, 40_000);
    await until(async () => (await queue.depth()).waiting === 0);
    await queue.send({ connection: 'after', reason: 'webhook' });
    await until(() => done.has('after'));
    await watched.stop();
    expect(watched.mostOfOne()).toBe(1);
    expect(await queue.deadLetters()).toEqual([]);
    await queue.close();
    // Whoever is at work notices when it settles, whoever waits for work when it asks.
    expect(lines.some((line) => /^queue\.(unreachable|settle-failed)/.test(line))).toBe(true);
    expect(lines.join('\n')).not.toMatch(/assay:assay|SELECT|UPDATE|postgres:/i);
  });

  it('says that it cannot be reached, without the address', async () => {
    const { open } = await aDatabase();
    const queue = await open();
    const wrong = new Secret('postgres://assay:hunter2@127.0.0.1:9/none');
    const failed = await openPgBossQueue({ databaseUrl: wrong }, testContext).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code: 'QUEUE_UNAVAILABLE', disposition: 'retry' });
    expect(String(failed)).not.toContain('hunter2');
    await queue.close();
    await expect(queue.send({ connection: 'shop', reason: 'manual' })).rejects.toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
    });
  });
});
