import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startServer } from '../store/embedded-server.ts';
import { type Holding, openHolding } from './holding.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let holding: Holding;
let made = 0;

beforeAll(async () => {
  server = await startServer();
}, 60_000);

afterEach(async () => holding.close());
afterAll(async () => server.stop());

/** A portal, and Assay with its store on the server. */
async function opened(contacts: number, latencyMs: number): Promise<void> {
  made += 1;
  const databaseUrl = await server.database(`faults_${made}`);
  const sandbox = { latency: { kind: 'fixed', ms: latencyMs } } as const;
  holding = await openHolding({ contacts, deals: contacts * 3, sandbox, databaseUrl });
  await holding.bench.provision();
}

async function query(text: string): Promise<void> {
  const client = server.client(`faults_${made}`);
  await client.connect();
  await client.query(text).finally(() => client.end());
}

/** The portal is as a fresh look would make it, and nobody was written to twice. */
async function expectWhole(): Promise<void> {
  expect(await holding.bench.app.store.inbox.waiting()).toEqual([]);
  expect([...new Set(holding.writes.values())]).toEqual([1]);
  holding.bench.settle();
  expect((await holding.bench.run()).plan?.summary.changes).toBe(0);
}

it('a database that restarts in the midst of reading, then of writing, costs a run nothing but time', async () => {
  await opened(600, 20);
  const { store } = holding.bench.app;
  const { calls } = holding.bench.sandbox;
  await store.work.ask('main', { full: true }, new Date().toISOString());
  const reads = calls.all().length;
  for (const isReached of [() => calls.all().length > reads + 6, () => holding.writes.size > 100]) {
    const working = holding.work('continue').then(
      () => null,
      (error: unknown) => error,
    );
    await until(isReached);
    await server.restart(200);
    expect(await working).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    // What half a minute would do: nobody was left to give the lease back.
    await query('update leases set expires_at = now()');
  }
  expect(holding.writes.size).toBeLessThan(500);
  await holding.work('continue');
  expect(await store.work.asked('main')).toBeNull();
  expect(await store.plans.unfinished('main')).toEqual([]);
  await expectWhole();
}, 120_000);

it('a disk that is full before scores, then before receipts of a rescoring, loses nothing', async () => {
  await opened(40, 0);
  await holding.bench.run();
  holding.said.length = 0;
  holding.writes.clear();
  holding.bench.settle();
  const deals = holding.buy(0.1, 3);
  await holding.hear(holding.said);
  await query(`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$`);
  for (const writing of ['insert or update on scores', 'insert on own_writes']) {
    await query(`create trigger no_room before ${writing} execute function no_room()`);
    await expect(holding.work('webhook')).rejects.toMatchObject({ code: 'STORE_FULL' });
    await query(`drop trigger no_room on ${writing.split(' on ')[1]}`);
    expect(await holding.bench.app.store.inbox.waiting()).toHaveLength(1);
    expect(await holding.bench.app.store.work.paused('main')).toBeNull();
  }
  expect(holding.writes.size).toBe(deals.length);
  await holding.work('webhook');
  await expectWhole();
}, 60_000);

async function until(isReached: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !isReached(); ) {
    if (Date.now() > end) throw new Error('It never came so far');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
