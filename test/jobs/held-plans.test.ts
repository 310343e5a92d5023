import { afterEach, describe, expect, it } from 'vitest';
import type { HolderDeps } from '../../src/jobs/holder.ts';
import type { RunContext } from '../../src/run/context.ts';
import { approvePlan, rejectPlan } from '../../src/run/decide-plan.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { AS_OF } from '../run/workbench.ts';
import { type Holding, openHolding } from './holding.ts';

let holding: Holding;

afterEach(async () => {
  await holding.close();
});

const ada = { name: 'ada', role: 'operator' } as const;

/** The same connection with plans that wait for approval. */
function asking(context: RunContext): RunContext {
  return { ...context, writes: { ...context.writes, mode: 'approve' }, actor: ada };
}

/** A base that was written once, and a plan of one customer that waits. */
async function waiting(): Promise<string> {
  holding = await openHolding({ contacts: 60, deals: 160 });
  const { bench } = holding;
  await bench.provision();
  await bench.run();
  holding.buy(0.03, 3);
  bench.settle();
  const report = await bench.connected((ctx) =>
    runConnection(asking(ctx), { full: false, asOf: AS_OF }),
  );
  expect(report.outcome).toBe('held');
  holding.said.length = 0;
  holding.writes.clear();
  // Held by a guard rather than by the mode, it waits in mode auto as well.
  const { plans } = bench.app.store;
  const id = report.plan?.id ?? '';
  const told = { actor: 'service', at: new Date().toISOString() };
  await plans.setStatus(id, 'ready');
  await plans.hold(id, [{ by: 'tier-customers', because: 'Too many.' }], told);
  return id;
}

async function planNamed(id: string) {
  const plan = await holding.bench.app.store.plans.byId(id);
  if (plan === null) throw new Error(`There is no plan ${id}`);
  return plan;
}

const word = { guards: ['tier-customers'], why: 'right' } as const;

async function approve(id: string): Promise<void> {
  const plan = await planNamed(id);
  await holding.bench.connected((ctx) => approvePlan({ ...asking(ctx), mode: 'auto' }, plan, word));
}

describe('behind a plan that waits', { timeout: 240_000 }, () => {
  it('a webhook is stored and scored, and nothing is written until the next plan', async () => {
    const id = await waiting();
    holding.buy(0.05, 5);
    await holding.hear(holding.said);
    await holding.work('webhook');
    const { store } = holding.bench.app;
    const [rescored] = holding.lines.get('rescore.end') ?? [];
    expect(rescored).toMatchObject({ planId: null, receipts: null });
    expect(holding.writes.size).toBe(0);
    expect(await store.inbox.waiting()).toEqual([]);
    expect(await store.scores.unplannedRuns('main')).toHaveLength(1);
    await approve(id);
    await holding.work('manual');
    const written = (await planNamed(id)).summary.changes;
    expect(holding.writes.size).toBe(written);
    expect(holding.lines.get('plan.finished')).toMatchObject([{ plan: id, isApproved: true }]);
    await store.work.ask('main', { full: false }, new Date().toISOString());
    await holding.work('schedule');
    expect(holding.writes.size).toBeGreaterThan(written);
    holding.bench.settle();
    expect((await holding.bench.run()).plan?.summary.changes).toBe(0);
  });

  it('a run that was asked for is done work, and so is one whose plan waits', async () => {
    const id = await waiting();
    const { store } = holding.bench.app;
    await store.work.ask('main', { full: false }, new Date().toISOString());
    await holding.work('schedule');
    expect(await store.work.asked('main')).toBeNull();
    const plan = await planNamed(id);
    await holding.bench.connected((ctx) =>
      rejectPlan({ ...asking(ctx), mode: 'auto' }, plan, 'wrong'),
    );
    holding.buy(0.05, 7);
    // Else the index does not show it yet, and the plan is that which was rejected.
    holding.bench.settle();
    await store.work.ask('main', { full: false }, new Date().toISOString());
    await holding.work('schedule', { open: openAsking });
    expect(await store.work.asked('main')).toBeNull();
    expect((await store.plans.list(all)).map(({ status }) => status)[0]).toBe('held');
    expect(holding.writes.size).toBe(0);
  });

  it('an approved plan that became stale is followed by a fresh one at once', async () => {
    const id = await waiting();
    const { store } = holding.bench.app;
    const [change] = await store.plans.changes(id, { after: null, limit: 1 });
    await approve(id);
    await holding.bench.connected(async (ctx) => {
      const fields = [{ key: 'reason', from: null, to: 'Somebody else’s words.' }] as const;
      const edited = { seq: 0, customerId: change?.customerId ?? '', fields };
      await ctx.connector.applyBatch([{ ...edited, priority: 'fact' }], 'somebody', ctx.signal);
    });
    holding.bench.settle();
    holding.writes.clear();
    await holding.work('manual', { open: openAsking });
    const [fresh] = await store.plans.list(all);
    const stale = await planNamed(id);
    expect(stale.status).toBe('superseded');
    expect(fresh?.id).not.toBe(id);
    expect(fresh?.status).toBe('held');
    expect(holding.writes.size).toBe(0);
  });
});

const all = { connections: ['main'], statuses: null, rescorings: false, limit: 9 } as const;

const openAsking: HolderDeps['open'] = async (id, edge) => {
  const opened = await holding.bench.app.openConnection(id, edge);
  return { ...opened, context: asking(opened.context) };
};

it('a rescoring of a connection whose plans wait for approval writes nothing', async () => {
  holding = await openHolding({ contacts: 60, deals: 160 });
  const { bench } = holding;
  await bench.provision();
  await bench.run();
  holding.said.length = 0;
  holding.writes.clear();
  bench.settle();
  holding.buy(0.05, 3);
  await holding.hear(holding.said);
  await holding.work('webhook', { open: openAsking });
  expect(holding.writes.size).toBe(0);
  expect(await bench.app.store.inbox.waiting()).toEqual([]);
  bench.settle();
  const report = await bench.connected((ctx) =>
    runConnection(asking(ctx), { full: false, asOf: AS_OF }),
  );
  expect(report).toMatchObject({ outcome: 'held' });
  expect(report.plan?.summary.changes).toBeGreaterThan(0);
});
