import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { renderReview, reviewPage } from '../../src/cli/views/review.ts';
import type { ReviewSettings } from '../../src/domain/review.ts';
import type { WorkEvent } from '../../src/domain/work-event.ts';
import { remindOfReview } from '../../src/jobs/remind-of-review.ts';
import type { RunContext } from '../../src/run/context.ts';
import { doctorConnection } from '../../src/run/doctor.ts';
import { finishReview, reviewConnection } from '../../src/run/review.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const quarterly: ReviewSettings = { every: 'quarterly', from: '2026-01-01' };
let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({ contacts: 150, deals: 600 });
  await bench.provision();
  await bench.run();
}, 120_000);

afterAll(async () => {
  await bench.close();
});

async function on<T>(day: string, work: (ctx: RunContext) => Promise<T>): Promise<T> {
  const now = () => Date.parse(`${day}T09:00:00Z`);
  return await bench.connected((ctx) =>
    work({ ...ctx, review: quarterly, clock: { ...ctx.clock, now } }),
  );
}

async function review(day: string) {
  const found = await on(day, reviewConnection);
  if (found === null) throw new Error('nobody is scored');
  return found;
}

describe('the review of the standard', () => {
  it('has nothing to compare with the first time, and says so', async () => {
    const { report, snapshot } = await review('2026-11-01');
    expect(report).toMatchObject({ last: null, moves: null, drift: null });
    expect(report.due).toMatchObject({ every: 'quarterly', on: '2026-04-01', isDue: true });
    const tiers = report.classes.filter(({ family }) => family === 'value_tier');
    const all = tiers.reduce((sum, { customers }) => sum + customers, 0);
    expect(all).toBe(report.customers);
    expect(snapshot.customers).toBe(report.customers);
    expect(renderReview({ review: report, done: null })).toContain('the first review');
  });

  it('is reminded of once a week, from the day it is due', async () => {
    const told: WorkEvent[] = [];
    const remind = async (day: string) =>
      await on(day, (ctx) => remindOfReview({ ...ctx, tell: (event) => told.push(event) }));
    await remind('2026-03-31');
    expect(told).toEqual([]);
    for (const day of ['2026-04-01', '2026-04-02', '2026-04-07']) await remind(day);
    expect(told).toEqual([{ kind: 'review-due', connection: 'main', on: '2026-04-01' }]);
    await remind('2026-04-08');
    expect(told).toHaveLength(2);
    const due = await on('2026-04-09', doctorConnection);
    expect(due).toContainEqual(expect.objectContaining({ check: 'review', status: 'warning' }));
  });

  it('once done keeps sums and bins, no customer, and the next day is due', async () => {
    const found = await review('2026-11-01');
    const next = await on('2026-11-01', (ctx) => finishReview(ctx, found, 'it holds'));
    expect(next).toMatchObject({ on: '2027-01-01', isDue: false });
    const kept = await bench.app.store.reviews.last('main');
    expect(kept).toMatchObject({ on: '2026-11-01', snapshot: found.snapshot });
    const text = JSON.stringify(kept);
    for (const { email, externalId } of bench.world.customers)
      for (const personal of [email, externalId]) expect(text).not.toContain(personal);
    const [row] = await bench.app.store.audit.latest({
      ...{
        chain: 'main',
        kinds: ['review.done'],
        actor: null,
        since: null,
        before: null,
        limit: 1,
      },
    });
    expect(row).toMatchObject({ facts: { nextOn: '2027-01-01' }, detail: { why: 'it holds' } });
  });

  it('of an unchanged base shows no move and no drift', async () => {
    const { report } = await review('2026-11-02');
    expect(report.moves).toMatchObject({ rising: [], falling: [], newcomers: 0 });
    expect(report.drift?.map(({ level }) => level)).toEqual(new Array(5).fill('steady'));
    for (const { index } of report.drift ?? []) expect(index).toBeCloseTo(0, 9);
    for (const { customers, netMinor, before } of report.classes)
      expect(before).toEqual({ customers, netMinor });
  });

  it('of a base where nearly everybody bought since shows drift, who moved, and what to think about', async () => {
    const { sandbox, world, settle, run } = bench;
    settle();
    buyOn(sandbox.portal, world, { day: '2026-11-20', share: 0.9, seed: 3 });
    settle();
    await run({ asOf: '2026-11-20' });
    const { report } = await review('2026-11-21');
    const recency = report.drift?.find(({ of }) => of === 'recency');
    expect(recency?.level).toBe('large');
    expect(report.proposals.join('\n')).toContain('days since the last order');
    const { rising = [], falling = [], matrix = [] } = report.moves ?? {};
    expect(rising.length + falling.length).toBeGreaterThan(0);
    const moved = matrix.filter(({ from, to }) => from !== to);
    expect(moved.reduce((sum, { customers }) => sum + customers, 0)).toBe(
      rising.length + falling.length,
    );
    expect(reviewPage(report)).toContain('<h2>Drift</h2>');
    expect(reviewPage({ ...report, connection: '<b>' })).not.toContain('<b>');
  });
});
