import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { Secret } from '../../src/lib/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aCustomer, day, newConnection, save, world } from '../contract/store/fixtures.ts';
import { startServer } from './embedded-server.ts';

type Server = Awaited<ReturnType<typeof startServer>>;

describe('a PostgreSQL server as the store', () => {
  let server: Server | undefined;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => server?.stop());

  const running = () => {
    if (server === undefined) throw new Error('The server did not start');
    return server;
  };
  const open = (databaseUrl: Secret) =>
    openStore({ databaseUrl, folder: 'unused', clock: systemClock });
  const query = async (name: string, text: string) => {
    const client = running().client(name);
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(text).finally(() => client.end());
    return rows;
  };

  it('is made ready once, whoever opens it first', async () => {
    const url = await running().database('together');
    const stores = await Promise.all([1, 2, 3, 4].map(() => open(url)));
    const [first, second] = stores;
    const c = newConnection();
    if (first) await save(first, c, { customers: [aCustomer('1')] });
    expect(second && (await world(second, c))).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('made by a newer Assay is refused', async () => {
    const url = await running().database('newer');
    await (await open(url)).close();
    await query(
      'newer',
      `insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00Z')`,
    );
    await expect(open(url)).rejects.toMatchObject({
      code: 'STORE_NEWER',
      message: expect.stringContaining('9999-later'),
    });
  });

  it('that speaks another time zone and date style gives the same values', async () => {
    const url = await running().database('elsewhere');
    await query('elsewhere', `alter database elsewhere set timezone = 'Asia/Kolkata'`);
    await query('elsewhere', `alter database elsewhere set datestyle = 'German'`);
    const store = await open(url);
    const c = newConnection();
    const customer = aCustomer('1', { createdAt: '1899-12-31T23:59:59.999Z' });
    await save(store, c, { customers: [customer] });
    expect((await world(store, c))[0]?.customer).toEqual(customer);
    await store.close();
  });

  it('that is not there, or does not know us, is refused without showing the password', async () => {
    const url = (await running().database('known')).reveal();
    const wrong = [
      url.replace('/known', '/none'),
      url.replace(':assay@', ':hunter2@'),
      url.replace(/:\d+\//, ':1/'),
    ];
    for (const one of wrong) {
      const error: unknown = await open(new Secret(one)).catch((caught: unknown) => caught);
      expect(error, one).toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(String(error)).not.toContain('hunter2');
    }
  });

  it('keeps nothing of an erased person but the number', async () => {
    const store = await open(await running().database('erased'));
    const c = newConnection();
    const fields = [{ key: 'reason', from: null, to: 'Loves Jane Doe' }] as const;
    await save(store, c, {
      customers: [
        aCustomer('1', {
          ...{ name: 'Jane Doe', externalId: 'Jane Doe', phone: '+44 20 7946 0958 Jane' },
          attributes: { trade: 'Jane’s kites' },
        }),
      ],
    });
    const plan = { id: 'p', connection: c, runId: 'r', createdAt: day(1), asOf: '2026-01-01' };
    await store.plans.create(plan);
    await store.plans.addChanges('p', [{ seq: 0, customerId: '1', priority: 'fact', fields }]);
    await save(store, c, { removals: [{ object: 'customers', id: '1', kind: 'erased' }] });
    const left = await query(
      'erased',
      `select coalesce(jsonb_agg(c), '[]')::text
        || (select jsonb_agg(p - 'leaf')::text from (select to_jsonb(h) as p from plan_changes h) h)
        as text from customers c`,
    );
    expect(left[0]?.['text']).toContain('"id": "1"');
    expect(left[0]?.['text']).not.toMatch(/Jane|example.com|7946/);
    // Of the plan's row the place is left, and what the log vouches for.
    expect(left[0]?.['text']).toMatch(/"fields": \[\]/);
    expect(left[0]?.['text']).toMatch(/"customer_id": ""/);
    await store.close();
  });

  it('that cuts the connection gives a clear error, and the store works on', async () => {
    const url = await running().database('cut');
    const store = await open(url);
    const c = newConnection();
    await save(store, c, { customers: [aCustomer('1')] });
    const others = `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'cut'`;
    await query('postgres', others);
    await systemClock.sleep(200);
    expect(await world(store, c)).toHaveLength(1);
    await store.close();
  });
});
