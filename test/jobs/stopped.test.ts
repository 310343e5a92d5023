import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { startServer } from '../store/embedded-server.ts';
import { type Holding, openHolding } from './holding.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let holding: Holding;
/** Of another process on the same server. */
let elsewhere: Store;
let databases = 0;

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server.stop();
});

afterEach(async () => {
  await elsewhere.close();
  await holding.close();
});

async function open(contacts: number, deals: number): Promise<void> {
  databases += 1;
  const databaseUrl = await server.database(`stopped_${databases}`);
  holding = await openHolding({ contacts, deals, databaseUrl });
  elsewhere = await openStore({ databaseUrl, folder: 'unused', clock: systemClock });
  await holding.bench.provision();
}

const stop = () =>
  elsewhere.stops.stop({
    ...{ connection: 'main', at: new Date().toISOString(), by: 'ann', why: 'too much gold' },
  });
const resume = () =>
  elsewhere.stops.resume('main', { by: 'ann', at: new Date().toISOString(), why: null });

describe('a connection that is stopped from another process', () => {
  it('writes at most the batches on their way, fails nothing, and ends whole once resumed', async () => {
    await open(2_600, 5_000);
    const { bench, writes } = holding;
    const { batch, parallel } = await bench.connected(async ({ connector }) =>
      connector.writeRoute(2_000),
    );
    let stopped: Promise<number> | null = null;
    bench.sandbox.portal.events.subscribe(() => {
      if (stopped === null && writes.size >= 350) stopped = stop().then(() => writes.size);
    });
    await bench.app.store.work.ask('main', { full: true }, new Date().toISOString());
    await holding.work('schedule');
    const written = writes.size;
    const before = (await stopped) ?? 0;
    expect(before).toBeGreaterThanOrEqual(350);
    expect(written - before).toBeLessThanOrEqual(batch * parallel);
    expect(written).toBeLessThan(2_000);
    expect(holding.lines.has('connection.stopped')).toBe(true);

    const { calls } = await bench.callsOf(async () => {
      for (const reason of ['schedule', 'webhook', 'continue', 'manual'] as const)
        await holding.work(reason);
    });
    expect(calls).toBe(0);
    expect(await bench.app.store.work.asked('main')).not.toBeNull();

    await resume();
    await holding.work('manual');
    expect(await bench.app.store.work.asked('main')).toBeNull();
    expect([...writes.values()].filter((times) => times > 1)).toEqual([]);
    expect((await bench.run()).plan?.summary.changes).toBe(0);
    expect(writes.size).toBeGreaterThan(2_000);
  });

  it('keeps what webhooks say, and looks at it once resumed', async () => {
    await open(60, 200);
    const { bench, said } = holding;
    await bench.run();
    said.length = 0;
    await stop();
    holding.buy(20, 3);
    expect(said.length).toBeGreaterThan(0);
    await holding.hear(said);
    await holding.work('webhook');
    expect(await bench.app.store.inbox.waiting()).toHaveLength(1);
    await resume();
    await holding.work('manual');
    expect(await bench.app.store.inbox.waiting()).toEqual([]);
    expect((await bench.run()).plan?.summary.changes).toBe(0);
  });
});
