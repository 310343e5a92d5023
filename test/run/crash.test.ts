import { afterEach, describe, expect, it } from 'vitest';
import { type Stage, silentProgress, stages } from '../../src/domain/progress.ts';
import { pullConnection, runConnection, scoreConnection } from '../../src/run/run-connection.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

afterEach(async () => {
  await bench.close();
});

/** Contacts written by us, and how often: the portal's own events tell. */
function countWrites({ sandbox }: Workbench): Map<number, number> {
  const writes = new Map<number, number>();
  sandbox.portal.events.subscribe((event) => {
    if (event.kind !== 'changed' || event.type !== 'contacts') return;
    writes.set(event.after.id, (writes.get(event.after.id) ?? 0) + 1);
  });
  return writes;
}

/** Aborts when the portal has answered so many calls more. */
function abortAfter(calls: number, { sandbox }: Workbench): AbortSignal {
  const stop = new AbortController();
  const until = sandbox.calls.all().length + calls;
  const timer = setInterval(() => {
    if (sandbox.calls.all().length < until) return;
    clearInterval(timer);
    stop.abort(new Error('stopped by the test'));
  }, 1);
  return stop.signal;
}

describe('a run that is stopped', () => {
  it('goes on from there, at any number of calls, and ends like one that was not', async () => {
    bench = await openWorkbench({
      contacts: 900,
      deals: 1_200,
      sandbox: { latency: { kind: 'fixed', ms: 4 } },
    });
    await bench.provision();
    const writes = countWrites(bench);
    let report = await bench.run({ signal: abortAfter(2, bench) });
    for (let stops = 0; report.outcome !== 'done' && stops < 40; stops += 1) {
      expect(report.outcome).toBe('checkpoint');
      await bench.restart();
      report = await bench.run({ signal: abortAfter(6 + stops, bench) });
    }
    expect(report.outcome).toBe('done');
    const scores = bench.app.store.scores;
    const hash = await scores.hash('main');
    expect([...writes.values()].filter((times) => times > 1)).toEqual([]);

    const fresh = await bench.run({ full: true });
    expect(fresh.plan?.summary.changes).toBe(0);
    expect(await scores.hash('main')).toBe(hash);
  });

  it('keeps a plan that was approved half, and finishes it before anything else', async () => {
    bench = await openWorkbench({
      contacts: 900,
      deals: 1_200,
      sandbox: { latency: { kind: 'fixed', ms: 4 } },
    });
    await bench.provision();
    const writes = countWrites(bench);
    const stop = new AbortController();
    bench.sandbox.portal.events.subscribe((event) => {
      if (event.kind === 'changed' && writes.size > 150) stop.abort(new Error('stopped'));
    });
    const stopped = await bench.run({ signal: stop.signal });
    expect(stopped.outcome).toBe('checkpoint');
    await bench.restart();
    const next = await bench.run();
    expect(next.leftover).toMatchObject({ resumed: true, planId: stopped.plan?.id });
    expect(next.leftover?.receipts.open).toBe(0);
    expect(next.leftover?.receipts.applied).toBe(stopped.plan?.summary.changes);
    expect(next.plan?.summary.changes).toBe(0);
    expect([...writes.values()].filter((times) => times > 1)).toEqual([]);
  });
});

describe('a run that is stopped at the edge of a stage', () => {
  const edges = stages.flatMap((stage) => [
    { stage, edge: 'start' as const },
    { stage, edge: 'end' as const },
  ]);

  it.each(edges)('$edge of $stage: two runs leave what one would', async ({ stage, edge }) => {
    bench = await openWorkbench({ contacts: 60, deals: 200 });
    await bench.provision();
    const writes = countWrites(bench);
    const stop = new AbortController();
    const at = (reached: Stage) => {
      if (reached === stage) stop.abort(new Error('stopped by the test'));
    };
    const progress = { ...silentProgress, [edge]: at };
    await bench.connected(
      (ctx) => runConnection({ ...ctx, progress }, { full: false, asOf: AS_OF }),
      stop.signal,
    );
    await bench.restart();
    expect((await bench.run()).outcome).toBe('done');
    const fresh = await bench.run({ full: true });
    expect(fresh.plan?.summary.changes).toBe(0);
    expect(fresh.apply?.receipts.memberships).toMatchObject({ applied: 0, open: 0 });
    expect(writes.size).toBeGreaterThan(20);
    expect([...writes.values()].filter((times) => times > 1)).toEqual([]);
  });
});

describe('a run that stopped between scoring and planning', () => {
  it('leaves nobody behind: the next one plans and writes them all', async () => {
    bench = await openWorkbench();
    await bench.provision();
    await bench.connected((ctx) => pullConnection(ctx, { full: true, asOf: AS_OF }));
    await bench.connected((ctx) => scoreConnection(ctx, { all: false, asOf: AS_OF }));
    const report = await bench.run();
    expect(report.score).toMatchObject({ scope: 'due', scored: 0 });
    expect(report.plan?.summary.changes).toBeGreaterThan(50);
    expect((await bench.run({ full: true })).plan?.summary.changes).toBe(0);
  });
});

describe('a day whose quota is short', () => {
  it('ends the run at its checkpoint', async () => {
    bench = await openWorkbench({ contacts: 900, deals: 1_200, settings: { dailyShare: 1 } });
    await bench.provision();
    const spent = bench.sandbox.calls.all().length;
    bench.sandbox.limits.change({
      plan: 'enterprise',
      override: { daily: spent + 32, tenSecondly: 5_000, search: 1_000 },
    });
    const report = await bench.run();
    expect(report).toMatchObject({ outcome: 'checkpoint', stopped: { code: 'QUOTA_SPENT' } });
    expect(bench.sandbox.calls.report().tooMany.total).toBeLessThanOrEqual(1);
  });
});
