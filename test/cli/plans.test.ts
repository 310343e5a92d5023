import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortalPlace, type PortalPlace, typeInto } from './portal-place.ts';

let desk: PortalPlace;

/** A portal whose plans wait for approval; the tests below are one story. */
beforeAll(async () => {
  const more = '    writes:\n      mode: approve\n';
  desk = await openPortalPlace({ contacts: 40, deals: 160, more });
});

afterAll(async () => {
  await desk.close();
});

const assay = (...args: readonly string[]) => desk.assay(...args);
const assayJson = (...args: readonly string[]) => desk.assayJson(...args);

const patience = { timeout: 240_000 };

describe('a plan that waits', patience, () => {
  let first = '';
  let second = '';

  it('ends the run with the exit code of a guard, and says what to type', async () => {
    await assay('provision');
    const { code, document } = await assayJson('run');
    expect(code).toBe(3);
    const [run] = document.runs;
    expect(run).toMatchObject({ outcome: 'held', apply: null, stopped: { code: 'PLAN_HELD' } });
    first = run.plan.id;
    expect(run.stopped.todo).toContain(`assay approve ${first} --why`);
    const { code: applied, stdout } = await assay('apply', first);
    expect(applied).toBe(3);
    expect(stdout).toContain('PLAN_HELD, see docs/runbook.md#plan_held');
  });

  it('is listed, without a token of the CRM', async () => {
    const { code, stdout } = await desk.place.assay(['plans', '--status', 'held,ready']);
    expect(code).toBe(0);
    expect(stdout).toContain(first);
    expect(stdout).toContain('waits: approve');
    expect((await assayJson('plans', '--status', 'applied')).document).toEqual({ plans: [] });
    expect((await assay('plans', '--status', 'hold')).code).toBe(2);
    expect((await assay('plans', 'no-such-plan')).stderr).toContain('PLAN_UNKNOWN');
  });

  it('is shown whole: to read, for a program, and as a page', async () => {
    const { document } = await assayJson('plans', first);
    const { changes, memberships, moves, summary } = document;
    expect(changes).toHaveLength(summary.changes);
    expect(memberships).toHaveLength(
      summary.lists.reduce((sum: number, { add }: { add: number }) => sum + add, 0),
    );
    expect(moves).toHaveLength(10);
    expect(document).toMatchObject({ status: 'held', waitsFor: ['approve'], currency: 'GBP' });
    expect(summary.changesByField.value_tier).toBeGreaterThan(0);
    const { stdout } = await assay('plans', first, '--changes', '2', '--html', 'plan.html');
    expect(stdout).toContain('The largest moves');
    expect(stdout).toContain(`and ${summary.changes - 2} changes more`);
    expect(stdout).toContain(`→ assay approve ${first} --why`);
    const page = readFileSync(join(desk.place.folder, 'plan.html'), 'utf8');
    expect(page).toContain(`<h1>Plan ${first} of main</h1>`);
    expect(page).toContain(`${summary.changes - 2} more are not shown`);
    expect(page).toContain('</html>');
    expect(page).not.toMatch(/<script|https?:/);
  });

  it('needs a reason to be rejected, and is not made again', async () => {
    expect((await assay('reject', first)).code).toBe(2);
    const { code, document } = await assayJson('reject', first, '--why', 'wrong stages');
    expect(code).toBe(0);
    expect(document).toMatchObject({ plan: first, status: 'rejected' });
    const again = await assayJson('run');
    expect(again.code).toBe(0);
    expect(again.document.runs[0]).toMatchObject({ outcome: 'done', refusedAs: first });
    const twice = await assay('approve', first, '--why', 'after all');
    expect(twice.stderr).toContain('PLAN_NOT_HELD');
    expect(twice.code).toBe(2);
  });

  it('is proposed again when it differs, and written as it was shown once approved', async () => {
    await typeInto(desk, 0, { assay_value_tier: 'gold' });
    const held = await assayJson('run', '--full');
    expect(held.code).toBe(3);
    second = held.document.runs[0].plan.id;
    const shown = await assayJson('plans', second);
    const approved = await assayJson('approve', second, '--why', 'they are right now');
    expect(approved.document).toMatchObject({ status: 'ready', told: false });
    const { code, document } = await assayJson('apply');
    expect(code).toBe(0);
    expect(document.apply.receipts.applied).toBe(shown.document.changes.length);
    const { stdout } = await assay('plans', second);
    expect(stdout).toMatch(/approved by .+: they are right now/);
  });
});
