import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../store/embedded-server.ts';
import { openPortalPlace, type PortalPlace } from './portal-place.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let desk: PortalPlace;
/** How often each contact was written to. */
const writes = new Map<number, number>();

/** A store that two processes can use: one writes, the other stops it. */
beforeAll(async () => {
  server = await startServer();
  const databaseUrl = (await server.database('pause')).reveal();
  const variables = () => ({ DATABASE_URL: databaseUrl });
  desk = await openPortalPlace({ contacts: 4_000, deals: 5_000, variables });
  desk.portal.events.subscribe((event) => {
    if (event.kind !== 'changed' || event.type !== 'contacts') return;
    if (writes.size === 0) desk.sandbox.latency.spec = { kind: 'fixed', ms: 3_000 };
    writes.set(event.after.id, (writes.get(event.after.id) ?? 0) + 1);
  });
  expect((await desk.assay('provision')).code).toBe(0);
}, 180_000);

afterAll(async () => {
  await desk.close();
  await server.stop();
});

/** Batches of a hundred, so many at once: what may be on its way. */
const onItsWay = 16 * 100;

describe('assay pause', { timeout: 240_000 }, () => {
  it('needs a reason, and a connection that there is', async () => {
    const bare = await desk.assay('pause', 'main');
    expect(bare.code).toBe(2);
    expect(bare.stderr).toContain('needs a reason');
    const unknown = await desk.assay('pause', 'mian', '--why', 'x');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('There is no connection "mian"');
    const idle = await desk.assay('resume', 'main');
    expect(idle.code).toBe(0);
    expect(idle.stdout).toBe('main was not stopped; nothing was changed.\n');
  });

  it('takes effect within one batch while a run is writing', async () => {
    const running = desk.place.start(['run', '--json'], desk.environment);
    while (writes.size === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const { code, document } = await desk.assayJson('pause', 'main', '--why', 'all became gold');
    const written = writes.size;
    expect(code).toBe(0);
    expect(document).toMatchObject({ connection: 'main', why: 'all became gold', plan: null });
    const ended = await running.ended;
    const [report] = JSON.parse(ended.stdout).runs;
    expect(report).toMatchObject({
      outcome: 'checkpoint',
      stopped: {
        code: 'CONNECTION_STOPPED',
        message: expect.stringContaining('all became gold'),
      },
    });
    expect(ended.code).toBe(4);
    expect(writes.size - written).toBeLessThanOrEqual(onItsWay);
    expect(writes.size).toBeLessThan(report.plan.summary.changes);
  });

  it('stops whatever is started by hand, and doctor says who did it and why', async () => {
    desk.sandbox.latency.spec = { kind: 'none' };
    const calls = desk.sandbox.calls.report().endpoints;
    for (const command of ['run', 'apply', 'provision']) {
      const { code, stderr } = await desk.assay(command);
      expect({ command, code }).toEqual({ command, code: 3 });
      expect(stderr).toContain('CONNECTION_STOPPED, see docs/runbook.md#connection_stopped');
      expect(stderr).toContain('all became gold');
    }
    expect(desk.sandbox.calls.report().endpoints).toEqual(calls);
    expect((await desk.assay('doctor')).stdout).toContain('all became gold');
  });

  it('and after assay resume the next run writes the rest, nothing twice', async () => {
    const { code, document } = await desk.assayJson('resume', 'main', '--why', 'it was not');
    expect(code).toBe(0);
    expect(document).toMatchObject({ connection: 'main', asked: true, plan: null });
    expect(document.stop).toMatchObject({ why: 'all became gold' });
    const next = await desk.assayJson('run');
    expect(next.code).toBe(0);
    const [{ leftover }] = next.document.runs;
    expect(leftover.receipts).toMatchObject({ open: 0, rejected: 0, applied: writes.size });
    expect([...writes.values()].every((times) => times === 1)).toBe(true);
    const { rows } = (await desk.assayJson('audit', 'list', '--connection', 'main')).document;
    const kinds = rows.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toContain('connection.stopped');
    expect(kinds).toContain('connection.resumed');
  });
});
