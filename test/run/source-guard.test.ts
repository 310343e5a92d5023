import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GuardName } from '../../src/domain/hold.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import type { WorkEvent } from '../../src/domain/work-event.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let putBack: () => void;
const alarms: WorkEvent[] = [];

beforeAll(async () => {
  bench = await openWorkbench();
  bench.app.listen((event) => {
    if (event.kind === 'held') alarms.push(event);
  });
  await bench.provision();
  await bench.run();
  bench.settle();
});

afterAll(async () => {
  await bench.close();
});

/** So many contacts go into the bin, where a listing does not show them. */
function bin(share: number): () => void {
  const { contacts } = bench.sandbox.portal.objects;
  const now = () => bench.sandbox.clock.now();
  const all = [...contacts.slotsFrom(0)];
  const slots = all.slice(0, Math.ceil(all.length * share));
  for (const slot of slots) contacts.archive(slot, now());
  return () => {
    for (const slot of slots) contacts.restore(slot, now());
  };
}

async function stored() {
  const { pulls, records } = bench.app.store;
  const { customers, deals } = await records.counts('main');
  return { customers, deals, watermark: await pulls.watermark('main') };
}

async function runAllowing(...guards: readonly GuardName[]) {
  const { signal } = new AbortController();
  const allowance = { guards, why: 'They left us' };
  const actor = { name: 'ann', role: 'admin' } as const;
  const edge = { progress: silentProgress, signal, actor, allowance };
  const opened = await bench.app.openConnection('main', edge);
  return await runConnection(opened.context, { full: true, asOf: AS_OF }).finally(opened.close);
}

it('a listing that leaves out too many takes nothing from the store, and nothing is written', async () => {
  const before = await stored();
  putBack = bin(0.2);
  const { value: report } = await bench.callsOf(() => bench.run({ full: true }));
  expect(report).toMatchObject({
    ...{ outcome: 'held', pull: null, score: null, plan: null },
    stopped: {
      code: 'SOURCE_CUT_SHORT',
      message: expect.stringContaining('24 of 120 stored customers (20 %); the limit is 10 %'),
    },
  });
  expect(await stored()).toEqual(before);
  expect(await bench.app.store.pulls.open('main')).toBeNull();
  expect(alarms).toMatchObject([{ by: ['source-cut-short'], planId: null }]);
});

it('another guard’s name lets nobody pass', async () => {
  const before = await stored();
  const report = await runAllowing('source-empty', 'customers-fell');
  expect(report.stopped?.code).toBe('SOURCE_CUT_SHORT');
  expect(await stored()).toEqual(before);
});

it('once the listing is whole again, the next goes through', async () => {
  putBack();
  bench.settle();
  const report = await bench.run({ full: true });
  expect(report).toMatchObject({ outcome: 'done', pull: { mode: 'full', removed: 0 } });
});

it('as many as the limit may be gone', async () => {
  bin(0.1);
  const report = await bench.run({ full: true });
  expect(report.pull).toMatchObject({ removed: 12 });
  expect(report.outcome).toBe('done');
});

it('an empty listing is let through by name only, which the log tells with who and why', async () => {
  bin(1);
  expect((await bench.run({ full: true })).stopped?.code).toBe('SOURCE_EMPTY');
  expect((await stored()).customers).toBe(108);
  const report = await runAllowing('source-empty', 'customers-fell');
  expect(report).toMatchObject({ outcome: 'done', pull: { removed: 108 } });
  const rows = await bench.app.store.audit.stored('main', { after: 0, limit: 1_000 });
  const [row] = rows.filter(({ kind }) => kind === 'source.allowed');
  expect(row).toMatchObject({
    actor: 'ann',
    facts: expect.stringContaining('The CRM listed no customers, and 108 are stored.'),
    detail: expect.stringContaining('They left us'),
  });
});

it('a check listing that is not believed is not made again by each run: what changed is read meanwhile', async () => {
  await bench.close();
  bench = await openWorkbench({ settings: { reconcileDays: 1 } });
  await bench.provision();
  await bench.run();
  bench.settle();
  const dayMs = 86_400_000;
  bench.sandbox.clock.advance(2 * dayMs);
  putBack = bin(0.2);
  expect(await bench.run()).toMatchObject({ stopped: { code: 'SOURCE_CUT_SHORT' } });
  bench.settle();
  const later = { ...systemClock, now: () => Date.now() + 7 * 3_600_000 };
  const again = await bench.connected((ctx) =>
    runConnection({ ...ctx, clock: later }, { full: false, asOf: AS_OF }),
  );
  expect(again.stopped?.code).toBe('SOURCE_CUT_SHORT');
  bench.settle();
  const meanwhile = await bench.run();
  expect(meanwhile.pull).toMatchObject({ mode: 'delta' });
  expect(meanwhile.pull?.reason).toContain('the last listing was not believed');
});
