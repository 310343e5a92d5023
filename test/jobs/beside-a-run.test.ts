import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { withLease } from '../../src/run/with-lease.ts';
import { AS_OF } from '../run/workbench.ts';
import { eager, type Holding, openHolding } from './holding.ts';

let holding: Holding;

afterEach(async () => {
  await holding.close();
});

const now = () => new Date().toISOString();

async function opened(contacts = 400): Promise<Holding> {
  holding = await openHolding({
    ...{ contacts, deals: contacts * 3 },
    sandbox: { latency: { kind: 'fixed', ms: 15 } },
  });
  await holding.bench.provision();
  await holding.bench.run();
  holding.said.length = 0;
  holding.writes.clear();
  holding.bench.settle();
  return holding;
}

/** Lets customers buy and tells of it again and again until `isOver`. */
async function shopUntil(isOver: () => boolean): Promise<number> {
  let seed = 100;
  for (; !isOver(); seed += 1) {
    holding.buy(0.01, seed);
    await holding.hear(holding.said.splice(0));
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return seed - 100;
}

describe('rescorings beside a full run', () => {
  it('and the run leave what a run alone would, and lose nothing', async () => {
    await opened();
    const { store } = holding.bench.app;
    await store.work.ask('main', { full: true }, now());
    let isOver = false;
    const working = holding.work('manual').finally(() => {
      isOver = true;
    });
    const rounds = await shopUntil(() => isOver || (holding.lines.get('run.end') ?? []).length > 0);
    await working;
    expect(rounds).toBeGreaterThan(1);
    expect(holding.lines.get('rescore.end')?.length ?? 0).toBeGreaterThan(0);
    expect(holding.lines.get('run.end')).toMatchObject([{ outcome: 'done' }]);
    expect(await store.inbox.waiting()).toEqual([]);
    expect(await store.work.asked('main')).toBeNull();
    holding.bench.settle();
    const delta = await holding.bench.run();
    expect(delta.plan?.summary.changes).toBe(0);
    holding.bench.settle();
    const fresh = await holding.bench.run({ full: true });
    expect(fresh.pull).toMatchObject({ customersChanged: 0, dealsChanged: 0, removed: 0 });
  });
});

describe('a run in slices', () => {
  it('puts itself back until it is done, and reads nothing twice from the beginning', async () => {
    await opened(200);
    const { store } = holding.bench.app;
    await store.work.ask('main', { full: true }, now());
    for (let slices = 0; slices < 40; slices += 1) {
      // The first are too short for anything but a few pages.
      const settings = { ...eager, sliceMs: slices < 3 ? 300 : 120_000 };
      const before = holding.sent.length;
      await holding.work(slices === 0 ? 'manual' : 'continue', { settings });
      if (holding.sent.length === before) break;
      expect(holding.sent.at(-1)).toEqual({ connection: 'main', reason: 'continue' });
    }
    expect(holding.sent.length).toBeGreaterThan(0);
    expect(await store.work.asked('main')).toBeNull();
    holding.bench.settle();
    expect((await holding.bench.run()).plan?.summary.changes).toBe(0);
    expect([...holding.writes.values()].filter((times) => times > 1)).toEqual([]);
  }, 240_000);
});

describe('a token that is revoked during a run', () => {
  it('pauses the connection with its reason; only the schedule looks again', async () => {
    await opened(60);
    const { store } = holding.bench.app;
    await store.work.ask('main', { full: true }, now());
    const { sandbox } = holding.bench;
    const before = sandbox.calls.all().length;
    const revoking = setInterval(() => {
      if (sandbox.calls.all().length > before + 2) sandbox.tokens.revoke(sandbox.token);
    }, 1);
    await holding.work('manual');
    clearInterval(revoking);
    expect(await store.work.paused('main')).toMatchObject({
      code: expect.stringMatching(/TOKEN|AUTH|ACCESS/),
      todo: expect.any(String),
    });
    const calls = sandbox.calls.all().length;
    await holding.work('webhook');
    expect(sandbox.calls.all().length).toBe(calls);
    await holding.work('schedule');
    expect(sandbox.calls.all().length).toBeGreaterThan(calls);
    expect(await store.work.asked('main')).not.toBeNull();
  });
});

describe('a clock that is set back by an hour', () => {
  it('keeps no event waiting, and makes no score older', async () => {
    await opened(60);
    holding.buy(0.05, 3);
    await holding.hear(holding.said, Date.now() + 3_600_000);
    await holding.work('webhook');
    expect(holding.writes.size).toBe(3);
    holding.writes.clear();
    const before = { ...systemClock, now: () => Date.now() - 3_600_000 };
    holding.said.length = 0;
    holding.buy(0.05, 4);
    await holding.hear(holding.said);
    await holding.work('webhook', { clock: before });
    expect(holding.writes.size).toBeGreaterThan(0);
    holding.bench.settle();
    expect((await holding.bench.run()).plan?.summary.changes).toBe(0);
  });
});

describe('a holder that lost its connection to another', () => {
  it('stores no page, no score, no plan and no receipt any more', async () => {
    await opened(20);
    const { leases } = holding.bench.app.store;
    await holding.bench.connected((ctx) =>
      withLease({ ...ctx, clock: systemClock }, async (held) => {
        const { store, lease } = held;
        const taken = await leases.acquire('main', 'other pid 1 started 1', 60_000, lease?.holder);
        expect(taken).toMatchObject({ status: 'acquired' });
        const lost = { code: 'LEASE_LOST' };
        const page = { customers: [], deals: [], removals: [], next: null, spawned: [] };
        const plan = { id: 'p1', connection: 'main', runId: 'r1', createdAt: now(), asOf: AS_OF };
        await expect(store.pulls.savePage('main', { ...page, taskKey: 'a' })).rejects.toMatchObject(
          lost,
        );
        await expect(store.pulls.finish('main')).rejects.toMatchObject(lost);
        await expect(store.scores.save('main', 'r1', [])).rejects.toMatchObject(lost);
        await expect(store.plans.create(plan)).rejects.toMatchObject(lost);
        await expect(store.plans.saveReceipts('main', 'p1', 'r1', [])).rejects.toMatchObject(lost);
        await expect(store.lists.saveKnown('main', [])).rejects.toMatchObject(lost);
        await expect(store.leases.renew(held.lease ?? never(), 1)).rejects.toMatchObject(lost);
        if (taken.status === 'acquired') await leases.release(taken.lease);
      }),
    );
    expect((await holding.bench.run()).outcome).toBe('done');
  });
});

function never(): never {
  throw new Error('A holder has a lease');
}
