import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runChild } from '../store/child/run-child.ts';
import type { HoldTask } from './child/hold-until.ts';
import { type Holding, openHolding } from './holding.ts';

let holding: Holding;

beforeEach(async () => {
  holding = await openHolding({ contacts: 60, deals: 200 });
  await holding.bench.provision();
  holding.writes.clear();
});

afterEach(async () => {
  await holding.close();
});

type Job = Pick<HoldTask, 'reason' | 'asksFor' | 'hints'>;

/** Holders one after the other, each killed before one step of the store; the last one is not. */
async function killedBefore(steps: readonly string[], first: Job, next: Job): Promise<void> {
  const { url, token } = holding.bench.sandbox;
  await holding.bench.away(async (folder) => {
    for (const [at, killedBefore] of [...steps, null].entries()) {
      const job = at === 0 ? first : next;
      const task: HoldTask = { ...job, folder, url, token, killedBefore };
      const { child } = runChild('../../jobs/child/hold-until.ts', JSON.stringify(task));
      const ended = await once(child, 'exit');
      expect(ended, killedBefore ?? 'the end').toEqual(
        killedBefore === null ? [0, null] : [null, 'SIGKILL'],
      );
    }
  });
}

/** The portal is as a fresh run would make it, and nobody was written to twice. */
async function expectWhole(): Promise<void> {
  const { store } = holding.bench.app;
  expect(await store.inbox.waiting()).toEqual([]);
  expect(await store.work.asked('main')).toBeNull();
  expect(await store.plans.unfinished('main')).toEqual([]);
  expect([...new Set(holding.writes.values())]).toEqual([1]);
  holding.bench.settle();
  expect((await holding.bench.run()).plan?.summary.changes).toBe(0);
  holding.bench.settle();
  const fresh = await holding.bench.run({ full: true });
  expect(fresh.pull).toMatchObject({ customersChanged: 0, dealsChanged: 0, removed: 0 });
}

it('a run whose holders are killed in reading, scoring, planning and applying ends as one that was not', async () => {
  const go: Job = { reason: 'continue', asksFor: 'nothing', hints: [] };
  await killedBefore(
    ['pulls.savePage', 'scores.save', 'plans.addChanges', 'plans.saveReceipts'],
    { ...go, reason: 'schedule', asksFor: 'full' },
    go,
  );
  expect(holding.writes.size).toBeGreaterThan(20);
  await expectWhole();
}, 120_000);

it('a rescoring whose holders are killed at every step is done once, and its webhooks are heard', async () => {
  await holding.bench.run();
  holding.said.length = 0;
  holding.writes.clear();
  holding.bench.settle();
  const deals = holding.buy(0.05, 3);
  const hear: Job = { reason: 'webhook', asksFor: 'nothing', hints: [...holding.said] };
  await killedBefore(
    ['scores.save', 'plans.finish', 'plans.saveReceipts', 'inbox.done'],
    hear,
    hear,
  );
  expect(holding.writes.size).toBe(deals.length);
  await expectWhole();
}, 120_000);
