import { Migrator } from 'kysely/migration';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { firstTables } from '../../src/store/migrations/0001-first-tables.ts';
import { openStore } from '../../src/store/open-store.ts';
import { serverEngine } from '../../src/store/server-engine.ts';
import { aCustomer, aDeal, day, save, world } from '../contract/store/fixtures.ts';
import { startServer } from './embedded-server.ts';

type Server = Awaited<ReturnType<typeof startServer>>;
let server: Server | undefined;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => server?.stop());

/** What a store of the first version holds after a run, one pull half done. */
const firstRows = `
  insert into customers values ('c', '1', '[]', 'X1', '1@example.com', 'Customer 1', 'GB',
    '1980-02-29', null, null, null, '${day(1)}', '${day(1)}', '{}', 'content', 1, null);
  insert into deals values ('c', 'd', 'INV-d', 'won', 1234, 'EUR', 1000, 'GBP', '${day(2)}',
    '2026-01-02', null, null, '${day(1)}', '[]', 'content', '${day(1)}', 1, null);
  insert into deal_links values ('c', 'd', '1', true);
  insert into signals values ('c', '1', '{}');
  insert into scores values ('c', '1', 'r', '2026-01-01', 'p', 'gold', 1, 1, 1, 1, 1, '', '{}');
  insert into cut_points (connection_id, run_id, cuts) values ('c', 'r', '{}');
  insert into pulls values ('c', 2, true, 'delta', 'r', '[]', 'mark', 'next');
  insert into pull_tasks (connection_id, key, object, kind, cursor) values ('c', 'k', 'deals', 'x', '{}');`;

it('a store of the first version keeps its records, and is pulled and scored anew', async () => {
  if (server === undefined) throw new Error('The server did not start');
  const url = await server.database('first');
  const engine = serverEngine(url);
  const provider = { getMigrations: async () => ({ '0001-first-tables': firstTables }) };
  const { error } = await new Migrator({ db: engine.db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await engine.close();
  const client = server.client('first');
  await client.connect();
  await client.query(firstRows).finally(() => client.end());

  const store = await openStore({ databaseUrl: url, folder: 'unused', clock: systemClock });
  expect(await world(store, 'c')).toEqual([
    { customer: aCustomer('1'), deals: [aDeal('d', ['1'])] },
  ]);
  expect(await store.pulls.watermark('c')).toBeNull();
  expect(await store.pulls.open('c')).toBeNull();
  expect((await store.scores.state('c')).scored).toBe(0);
  expect(await store.scores.cutPoints('c')).toBeNull();
  await save(store, 'c', { customers: [aCustomer('1', { phone: '+44 20 7946 0958' })] });
  expect((await store.records.counts('c')).dirty).toBe(1);
  await store.close();
});
