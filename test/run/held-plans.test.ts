import { afterEach, describe, expect, it } from 'vitest';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import type { Change } from '../../src/domain/change.ts';
import { approvePlan } from '../../src/run/decide-plan.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { type HeldBench, openHeldBench } from './held-bench.ts';
import { AS_OF } from './workbench.ts';

let held: HeldBench;

afterEach(async () => {
  await held.bench.close();
});

function buy(share: number, seed: number): void {
  const { sandbox, world, settle } = held.bench;
  settle();
  buyOn(sandbox.portal, world, { day: AS_OF, share, seed });
  settle();
}

async function changesOf(planId: string): Promise<readonly Change[]> {
  return await held.bench.app.store.plans.changes(planId, { after: null, limit: 1_000 });
}

describe('in mode approve', () => {
  it('a run reads and scores, and its plan waits: nothing is written', async () => {
    held = await openHeldBench('approve');
    const report = await held.run();
    const plan = await held.planOf(report.plan?.id);
    expect(report).toMatchObject({ outcome: 'held', apply: null, waitingFor: null });
    expect(report.stopped?.code).toBe('PLAN_HELD');
    expect(report.stopped?.todo).toContain(`assay approve ${plan.id} --why`);
    expect(plan).toMatchObject({ status: 'held', decision: null });
    expect(plan.holds.map(({ by }) => by)).toEqual(['approve']);
    expect(held.told).toEqual([['approve']]);
    expect(held.writes()).toBe(0);
    await expect(held.apply(plan.id)).resolves.toMatchObject({ outcome: 'held', apply: null });
    expect(held.writes()).toBe(0);
  });

  it('runs behind it score and plan nothing, and nobody is told again', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    buy(0.1, 3);
    const behind = await held.run();
    expect(behind).toMatchObject({ outcome: 'done', plan: null, waitingFor: plan?.id });
    expect(behind.score?.scored).toBeGreaterThan(0);
    expect(held.told).toHaveLength(1);
    expect(await held.bench.app.store.scores.unplannedRuns('main')).toEqual([behind.runId]);
  });

  it('once approved, exactly the plan is written, and the next plan has all that waited', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    const changes = await changesOf(plan?.id ?? '');
    buy(0.1, 3);
    const behind = await held.run();
    expect(await held.approve(plan?.id ?? '')).toMatchObject({
      ...{ status: 'ready' },
      decision: { decided: 'approved', by: 'ada', why: 'it is right', allowed: [] },
    });
    const next = await held.run();
    expect(next.leftover).toMatchObject({ planId: plan?.id, receipts: { rejected: 0, open: 0 } });
    expect(next.leftover?.receipts.applied).toBe(changes.length);
    expect(next.outcome).toBe('held');
    const waited = await changesOf(next.plan?.id ?? '');
    expect(waited.length).toBeGreaterThan(0);
    expect(waited.length).toBeLessThanOrEqual(behind.score?.scored ?? 0);
    await held.approve(next.plan?.id ?? '');
    await held.apply();
    expect((await held.run()).plan?.summary.changes).toBe(0);
  });

  it('a plan that would write nothing waits for nobody', async () => {
    held = await openHeldBench('approve');
    await held.approve((await held.run()).plan?.id ?? '');
    await held.apply();
    held.bench.settle();
    const report = await held.run();
    expect(report).toMatchObject({ outcome: 'done', plan: { summary: { changes: 0 } } });
    expect(held.told).toHaveLength(1);
  });

  it('a plan that nobody decides on for seven days gives way to a fresh one, which says so', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    held.later = 7.5 * 86_400_000;
    const report = await held.run();
    expect(report.outcome).toBe('held');
    expect((await held.planOf(plan?.id)).status).toBe('superseded');
    expect(report.plan?.summary.changes).toBe(plan?.summary.changes);
    expect(report.plan?.summary.warnings.join()).toContain(`Plan ${plan?.id} waited for a word`);
  });

  it('a plan of another policy than the one in force gives way at once: no word could let it be written', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    const report = await held.connected((ctx) => {
      const policy = { ...ctx.policy, windowMonths: ctx.policy.windowMonths * 2 };
      return runConnection({ ...ctx, policy }, { full: false, asOf: AS_OF });
    });
    expect(report).toMatchObject({ outcome: 'held', waitingFor: null });
    expect((await held.planOf(plan?.id)).status).toBe('superseded');
    expect(report.plan?.summary.warnings.join()).toContain(`Plan ${plan?.id} waited for a word`);
  });

  it('set to auto, what waited for anybody’s word is planned anew and written', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    held.mode = 'auto';
    const report = await held.run();
    expect(report.outcome).toBe('done');
    expect(report.apply?.receipts.applied).toBe(plan?.summary.changes);
    expect((await held.planOf(plan?.id)).status).toBe('superseded');
  });
});

describe('a plan that was rejected', () => {
  it('is not made again as long as it would be the same, and nobody is told', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    await held.reject(plan?.id ?? '');
    const [again, oncemore] = [await held.run(), await held.run()];
    for (const report of [again, oncemore]) {
      expect(report).toMatchObject({ outcome: 'done', refusedAs: plan?.id, apply: null });
      const repeated = await held.planOf(report.plan?.id);
      expect(repeated).toMatchObject({ status: 'rejected', decision: { sameAs: plan?.id } });
      expect(repeated.summary.changes).toBe(plan?.summary.changes);
      expect(await changesOf(repeated.id)).toEqual([]);
    }
    expect(held.told).toHaveLength(1);
    expect(held.writes()).toBe(0);
  });

  it('is proposed whole once anything differs', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    await held.reject(plan?.id ?? '');
    buy(0.05, 5);
    const report = await held.run();
    expect(report).toMatchObject({ outcome: 'held', refusedAs: null });
    expect(report.plan?.summary.changes).toBeGreaterThanOrEqual(plan?.summary.changes ?? 0);
    expect(held.told).toHaveLength(2);
  });
});

describe('in mode preview', () => {
  it('each run makes a plan in the place of the last, and none can be approved', async () => {
    held = await openHeldBench('preview');
    const first = await held.run();
    buy(0.1, 3);
    const second = await held.run();
    for (const report of [first, second]) expect(report.outcome).toBe('held');
    expect(await held.bench.app.store.plans.byId(first.plan?.id ?? '')).toBeNull();
    expect(second.plan?.summary.changes).toBeGreaterThanOrEqual(first.plan?.summary.changes ?? 0);
    await expect(held.approve(second.plan?.id ?? '')).rejects.toMatchObject({
      code: 'PREVIEW_ONLY',
    });
    expect(held.told).toEqual([]);
    expect(held.writes()).toBe(0);
  });

  it('what was approved before is not written either', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    await held.approve(plan?.id ?? '');
    held.mode = 'preview';
    await expect(held.apply()).rejects.toMatchObject({ code: 'PREVIEW_ONLY' });
    const report = await held.run();
    expect(report).toMatchObject({ outcome: 'held', leftover: null });
    expect((await held.planOf(plan?.id)).status).toBe('superseded');
    expect(held.writes()).toBe(0);
  });
});

describe('a word', () => {
  it('has to name each guard that holds the plan, and counts once', async () => {
    held = await openHeldBench('approve');
    const { plan } = await held.run();
    const { store } = held.bench.app;
    await store.plans.decide(plan?.id ?? '', {
      ...{ decided: 'approved', by: 'ada', at: '2026-11-01T00:00:00Z', why: 'x', sameAs: null },
      allowed: [],
    });
    const told = { actor: 'service', at: '2026-11-01T00:00:00Z' };
    const guards = ['tier-customers', 'canary'] as const;
    const holds = guards.map((by) => ({ by, because: `Figures of ${by}.` }));
    await store.plans.hold(plan?.id ?? '', holds, told);
    const approve = async (...named: readonly (typeof guards)[number][]) =>
      await held.connected(async (ctx) =>
        approvePlan({ ...ctx, mode: 'approve' }, await held.planOf(plan?.id), {
          ...{ guards: named, why: 'we sold a lot' },
        }),
      );
    await expect(approve('tier-customers')).rejects.toMatchObject({
      code: 'GUARDS_NOT_ALLOWED',
      message: expect.stringContaining('canary: Figures of canary.'),
      todo: expect.stringContaining('--allow canary'),
    });
    const approved = await approve(...guards, 'tier-customers');
    expect(approved.decision?.allowed).toEqual(guards);
    await expect(approve(...guards)).rejects.toMatchObject({ code: 'PLAN_NOT_HELD' });
    await expect(held.reject(plan?.id ?? '')).rejects.toMatchObject({ code: 'PLAN_NOT_HELD' });
  });
});

it('the ten largest moves stand with the plan, by size, with their reasons', async () => {
  held = await openHeldBench('preview');
  const { plan } = await held.run();
  const moves = await held.bench.app.store.plans.moves(plan?.id ?? '');
  const sizes = moves.map(({ netMinor }) => Math.abs(netMinor));
  expect(moves).toHaveLength(10);
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
  const scores = await held.bench.app.store.scores.page('main', { after: null, limit: 1_000 });
  const largest = scores
    .filter(({ score, held: now }) => score.tier !== (now.value_tier ?? null))
    .map(({ score }) => Math.abs(score.netAmount.minor))
    .toSorted((one, other) => other - one);
  expect(sizes).toEqual(largest.slice(0, 10));
  const changes = await changesOf(plan?.id ?? '');
  for (const { customerId, to, reason } of moves) {
    const fields = changes.find((change) => change.customerId === customerId)?.fields ?? [];
    expect(fields).toContainEqual({ key: 'value_tier', from: null, to });
    expect(fields).toContainEqual({ key: 'reason', from: null, to: reason });
  }
});
