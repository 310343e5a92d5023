import { afterEach, describe, expect, it } from 'vitest';
import { provisionConnection } from '../../src/run/provision.ts';
import { applyConnection, planConnection, pullConnection } from '../../src/run/run-connection.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

afterEach(async () => {
  await bench.close();
});

const stop = () =>
  bench.app.store.stops.stop({
    ...{ connection: 'main', at: '2026-11-22T10:00:00.000Z', by: 'ann' },
    why: 'everybody is gold',
  });
const resume = () =>
  bench.app.store.stops.resume('main', { by: 'ann', at: '2026-11-22T11:00:00.000Z', why: null });

describe('a connection that a person stopped', () => {
  it('makes no call, whatever is started by hand, and says who stopped it and why', async () => {
    bench = await openWorkbench({ contacts: 30, deals: 60 });
    await stop();
    const attempts = [
      () => bench.run(),
      () => bench.connected((ctx) => pullConnection(ctx, { full: false })),
      () => bench.connected((ctx) => planConnection(ctx, { asOf: AS_OF })),
      () => bench.connected((ctx) => applyConnection(ctx, {})),
      () =>
        bench.connected((ctx) =>
          provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }),
        ),
    ];
    const { calls } = await bench.callsOf(async () => {
      for (const attempt of attempts)
        await expect(attempt()).rejects.toMatchObject({
          code: 'CONNECTION_STOPPED',
          message: expect.stringMatching(/ann: everybody is gold/),
        });
    });
    expect(calls).toBe(0);
    expect(await bench.app.store.runs.latest('main', 1)).toEqual([]);
    await bench.restart();
    await expect(bench.run()).rejects.toMatchObject({ code: 'CONNECTION_STOPPED' });
    await resume();
    await bench.provision();
    expect(await bench.run()).toMatchObject({ outcome: 'done' });
  });

  it('reads no page more once it is stopped in the midst of a pull', async () => {
    bench = await openWorkbench({ contacts: 900, deals: 1_200 });
    await bench.provision();
    const { savePage } = bench.app.store.pulls;
    let pages = 0;
    const report = await bench.connected((ctx) => {
      const pulls: typeof ctx.store.pulls = {
        ...ctx.store.pulls,
        savePage: async (connection, page) => {
          pages += 1;
          if (pages === 1) await stop();
          return await savePage(connection, page);
        },
      };
      const store = { ...ctx.store, pulls, fenced: () => store };
      return pullConnection({ ...ctx, store }, { full: true });
    });
    expect(report).toMatchObject({
      outcome: 'checkpoint',
      stopped: { code: 'CONNECTION_STOPPED' },
    });
    const seen = pages;
    await resume();
    expect(await bench.run()).toMatchObject({ outcome: 'done', pull: { resumed: true } });
    expect(seen).toBeLessThan(12);
  });

  it('writes at most what is on its way, and ends like one that was never stopped', async () => {
    bench = await openWorkbench({ contacts: 2_200, deals: 4_000 });
    await bench.provision();
    const writes = new Map<number, number>();
    let stopped: Promise<void> | null = null;
    bench.sandbox.portal.events.subscribe((event) => {
      if (event.kind !== 'changed' || event.type !== 'contacts') return;
      writes.set(event.after.id, (writes.get(event.after.id) ?? 0) + 1);
      if (writes.size === 350) stopped = stop();
    });
    const report = await bench.run();
    expect(report).toMatchObject({
      outcome: 'checkpoint',
      stopped: { code: 'CONNECTION_STOPPED' },
    });
    await stopped;
    const { batch, parallel } = await bench.connected(async ({ connector }) =>
      connector.writeRoute(2_000),
    );
    const written = writes.size;
    expect(written).toBeLessThanOrEqual(400 + batch * parallel);
    expect(report.apply).toBeNull();
    const open = await bench.app.store.plans.receiptCounts(report.plan?.id ?? '');
    expect(open.applied).toBe(written);
    await expect(bench.run()).rejects.toMatchObject({ code: 'CONNECTION_STOPPED' });
    expect(writes.size).toBe(written);
    await resume();
    const next = await bench.run();
    expect(next.outcome).toBe('done');
    expect(writes.size).toBe(report.plan?.summary.changes);
    expect([...writes.values()].filter((times) => times > 1)).toEqual([]);
    const told = await bench.run({ full: true });
    expect(told.plan?.summary.changes).toBe(0);
  });
});
