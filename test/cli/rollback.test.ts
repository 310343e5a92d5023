import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortalPlace, type PortalPlace, typeInto } from './portal-place.ts';

let desk: PortalPlace;
let run = '';

/** One story: a run that wrote, a value that a person knew better, and all ways to take it back. */
beforeAll(async () => {
  desk = await openPortalPlace({ contacts: 40, deals: 160 });
  expect((await desk.assay('provision')).code).toBe(0);
}, 120_000);

afterAll(async () => {
  await desk.close();
});

/** What our fields hold, by contact, where they hold anything. */
function held(): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const { contacts } = desk.portal.objects;
  return new Map(
    [...contacts.slotsFrom(0)].flatMap((slot) => {
      const { id, properties } = contacts.at(slot);
      const ours = Object.entries(properties).filter(
        ([name, value]) => name.startsWith('assay_') && name !== 'assay_run' && value !== '',
      );
      return ours.length === 0 ? [] : [[String(id), Object.fromEntries(ours)] as const];
    }),
  );
}

describe('assay rollback', { timeout: 240_000 }, () => {
  it('says what it takes, and knows no run that never was', async () => {
    const bare = await desk.assay('rollback');
    expect(bare.code).toBe(2);
    expect(bare.stderr).toContain('assay rollback takes a run, or --to <time>');
    const both = await desk.assay('rollback', 'r1', '--to', '2026-11-22T09:00Z');
    expect(both.code).toBe(2);
    const never = await desk.assay('rollback', '--to', 'yesterday');
    expect(never.code).toBe(2);
    const unknown = await desk.assay('rollback', 'r20260101000000a1b2c3d4');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('RUN_UNKNOWN, see docs/runbook.md#run_unknown');
    expect(unknown.stderr).toContain('knows no run "r20260101000000a1b2c3d4"');
  });

  it('has nothing to take back where nothing was written, and then stops nothing', async () => {
    expect((await desk.assay('pull')).code).toBe(0);
    const nothing = await desk.assay('rollback', '--to', '2026-11-22T09:00Z');
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('ROLLBACK_EMPTY, see docs/runbook.md#rollback_empty');
    expect((await desk.assay('resume', 'main')).stdout).toContain('was not stopped');
  });

  it('shows the plan first: reads, writes nothing, leaves and lists what a person changed', async () => {
    const { code, document } = await desk.assayJson('run');
    expect(code).toBe(0);
    run = document.runs[0].runId;
    const changed = await typeInto(desk, 3, { assay_value_tier: 'platinum' });
    const before = held();
    const { stdout, ...shown } = await desk.assay('rollback', run, '--why', 'wrong stage');
    expect(shown.code).toBe(0);
    expect(stdout).toContain('Left as it is');
    expect(stdout).toMatch(new RegExp(`${changed} +value_tier +is “platinum”, we wrote`));
    expect(stdout).toMatch(/Nothing is written yet: `assay apply /);
    expect(stdout).toContain('main is stopped.');
    expect(held()).toEqual(before);
    const refused = await desk.assay('run');
    expect(refused.stderr).toContain('CONNECTION_STOPPED');
  });

  it('--apply writes it: all of ours is gone but what the person typed', async () => {
    const { code, document } = await desk.assayJson('rollback', run, '--apply', '--why', 'again');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      ...{ of: { run }, exceptions: { changed: 1 }, currency: 'GBP' },
      left: [{ kind: 'changed', key: 'value_tier', now: 'platinum' }],
      run: { outcome: 'done', apply: { receipts: { rejected: 0, open: 0 } } },
      stop: { connection: 'main' },
    });
    const [left, ...others] = [...held()];
    expect(others).toEqual([]);
    expect(left?.[1]).toEqual({ assay_value_tier: 'platinum' });
  });

  it('--to takes back whatever runs wrote since', async () => {
    expect((await desk.assay('resume', 'main', '--why', 'mended')).code).toBe(0);
    const since = new Date().toISOString();
    const { document } = await desk.assayJson('run');
    expect(document.runs[0]).toMatchObject({ outcome: 'done' });
    const written = document.runs[0].apply.receipts.applied;
    expect(written).toBeGreaterThan(10);
    const back = await desk.assayJson('rollback', '--to', since, '--apply', '--why', 'no');
    expect(back.code).toBe(0);
    expect(back.document.of).toEqual({ to: since });
    expect(back.document.run.apply.receipts.applied).toBe(written);
  });
});
