import { afterAll, beforeAll } from 'vitest';
import { openPgBossQueue } from '../../src/jobs/pg-boss-queue.ts';
import { testContext } from '../contract/queue/subject.ts';
import { describeQueue } from '../contract/queue.contract.ts';
import { startServer } from '../store/embedded-server.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let made = 0;

const tuning = { pollMs: 100, keepSeconds: 10, superviseSeconds: 1 };

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => server.stop());

describeQueue('of pg-boss', async () => {
  made += 1;
  const name = `queue_${made}`;
  const databaseUrl = await server.database(name);
  const run = async (sql: string): Promise<void> => {
    const client = server.client(name);
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  return {
    open: () => openPgBossQueue({ databaseUrl, tuning }, testContext),
    loseOne: () =>
      run(`UPDATE assay_queue.job SET state = 'active', started_on = now(), heartbeat_on = now()
        WHERE name = 'work'`),
    poison: () =>
      run(`INSERT INTO assay_queue.job (name, data, singleton_key, policy)
        VALUES ('work', '{"what": "ever"}', 'stranger', 'key_strict_fifo')`),
    mostOfBurst: 1,
    keepMs: tuning.keepSeconds * 1_000,
    close: async () => undefined,
  };
});
