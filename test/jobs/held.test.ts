import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WorkEvent } from '../../src/domain/work-event.ts';
import { type Holding, openHolding } from './holding.ts';

let holding: Holding;
const events: WorkEvent[] = [];

beforeAll(async () => {
  holding = await openHolding({ contacts: 60, deals: 200 });
  await holding.bench.provision();
  await holding.bench.run();
  holding.bench.settle();
  holding.bench.app.listen((event) => events.push(event));
});

afterAll(async () => {
  await holding.close();
});

function told(): readonly WorkEvent[] {
  return events.filter(({ kind }) => kind === 'held' || kind === 'dead' || kind === 'paused');
}

async function runFull(): Promise<void> {
  const { app } = holding.bench;
  await app.store.work.ask('main', { full: true }, new Date().toISOString());
  await holding.work('schedule');
}

it('a listing that is not believed is done work, of which somebody is told', async () => {
  const { contacts } = holding.bench.sandbox.portal.objects;
  const slots = [...contacts.slotsFrom(0)].slice(0, 30);
  for (const slot of slots) contacts.archive(slot, holding.bench.sandbox.clock.now());
  await runFull();
  const { store } = holding.bench.app;
  expect(told()).toEqual([
    { kind: 'held', connection: 'main', by: ['source-cut-short'], planId: null },
  ]);
  expect(await store.work.asked('main')).toBeNull();
  expect(await store.work.paused('main')).toBeNull();
  const [latest] = await store.runs.latest('main', 1);
  expect(latest).toMatchObject({ outcome: 'held', planId: null });
  for (const slot of slots) contacts.restore(slot, holding.bench.sandbox.clock.now());
});

it('so is a plan that a guard holds', async () => {
  events.length = 0;
  const { pipelines } = holding.bench.sandbox.portal;
  const metadata = { isClosed: 'false', probability: '0.9' };
  pipelines.updateStage('deals', 'default', 'closedwon', { metadata });
  await runFull();
  const { store } = holding.bench.app;
  const plan = await store.plans.latest('main', ['held']);
  expect(told()).toMatchObject([{ kind: 'held', connection: 'main', planId: plan?.id }]);
  expect(await store.work.asked('main')).toBeNull();
});
