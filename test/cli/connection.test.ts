import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortalPlace, type PortalPlace } from './portal-place.ts';
import { sandboxConfig } from './run-assay.ts';

let desk: PortalPlace;

/** The tests below are one story. */
beforeAll(async () => {
  desk = await openPortalPlace({ contacts: 40, deals: 160 });
});

afterAll(async () => {
  await desk.close();
});

const assay = (...args: readonly string[]) => desk.assay(...args);
const assayJson = (...args: readonly string[]) => desk.assayJson(...args);

async function untilCalled(calls: number): Promise<void> {
  const until = desk.sandbox.calls.report().total + calls;
  while (desk.sandbox.calls.report().total < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

const patience = { timeout: 240_000 };

describe('a new connection', patience, () => {
  it('is refused without its secret, by the names of variable and connection', async () => {
    const { code, stderr } = await desk.place.assay(['doctor']);
    expect(code).toBe(2);
    expect(stderr).toContain('HUBSPOT_TOKEN (connection main)');
    expect(stderr).toContain('SECRET_MISSING, see docs/runbook.md#secret_missing');
  });

  it('is paused by a wrong token, which is not printed', async () => {
    const { code, stderr, stdout } = await desk.place.assay(['run'], {
      HUBSPOT_TOKEN: 'pat-na1-wrong',
    });
    expect(code).toBe(4);
    expect(stderr).toContain('TOKEN_REFUSED');
    expect(stderr + stdout).not.toContain('pat-na1-wrong');
  });

  it('is checked by doctor, which names what is missing and what to do', async () => {
    const { code, stdout } = await assay('doctor');
    expect(stdout).toMatch(/^✓ token/m);
    expect(stdout).toMatch(/→ Run `assay provision`/);
    expect(code).toBe(2);
  });

  it('gets its fields and lists', async () => {
    const { code, document } = await assayJson('provision');
    expect(code).toBe(0);
    expect(document.steps.length).toBeGreaterThan(5);
  });
});

describe('step by step', patience, () => {
  it('is pulled and scored, and the plan writes nothing', async () => {
    expect((await assay('pull')).code).toBe(0);
    expect((await assay('score')).code).toBe(0);
    const before = desk.sandbox.calls.report().kinds.write;
    const { code, stdout } = await assay('plan');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Tiers, customers from/);
    expect(stdout).toMatch(/Revenue that moves: £/);
    expect(stdout).toMatch(/value_tier {2,}empty →/);
    expect(desk.sandbox.calls.report().kinds.write).toBe(before);
  });

  it('is written as planned', async () => {
    const { code, document } = await assayJson('apply');
    expect(code).toBe(0);
    expect(document.apply.receipts).toMatchObject({ rejected: 0, open: 0 });
    expect(document.apply.receipts.applied).toBe(document.plan.summary.changes);
  });

  it('has nothing left for a run', async () => {
    const { code, document } = await assayJson('run');
    expect(code).toBe(0);
    expect(document).toMatchObject({ failures: [], runs: [{ outcome: 'done' }] });
    expect(document.runs[0].plan.summary.changes).toBe(0);
  });

  it('is explained by the customer number, and an unknown customer is an error', async () => {
    const { document } = await assayJson('explain', '1001');
    expect(document.customers[0].explanation.lines.length).toBeGreaterThan(3);
    const chinese = await assay('explain', '1001', '--language', 'zh');
    expect(chinese.stdout).toMatch(/^客户 /);
    expect(chinese.stdout).toContain('CRM 中的现值');
    expect(chinese.stdout).not.toMatch(/Customer|In the CRM/);
    const unknown = await assay('explain', 'nobody@example.com');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('CUSTOMER_UNKNOWN');
  });
});

describe('what ends early', patience, () => {
  it('Ctrl-C: at its checkpoint, with 4', async () => {
    desk.sandbox.latency.spec = { kind: 'fixed', ms: 400 };
    const run = desk.place.start(['run', '--full', '--json'], {
      HUBSPOT_TOKEN: desk.sandbox.token,
    });
    await untilCalled(2);
    run.interrupt();
    const { code, stdout, stderr } = await run.ended;
    expect(stderr).toContain('Stopping');
    expect(JSON.parse(stdout).runs[0]).toMatchObject({ outcome: 'checkpoint' });
    expect(code).toBe(4);
  });

  it('a run beside which others work on the same folder: a second is refused, a pause stops it', async () => {
    desk.sandbox.latency.spec = { kind: 'fixed', ms: 25_000 };
    const first = assay('run', '--full');
    await untilCalled(1);
    const second = await assay('run');
    expect(second.stderr).toContain('LEASE_HELD');
    expect(second.stderr).toMatch(/by process \d+ on \S+, which/);
    expect(second.code).toBe(3);
    expect((await assay('pause', 'main', '--why', 'wait for sales')).code).toBe(0);
    desk.sandbox.latency.spec = { kind: 'none' };
    const { code, stdout, stderr } = await first;
    expect(`${stdout}${stderr}`).toContain('wait for sales');
    expect(code).toBe(4);
    expect((await assay('resume', 'main')).code).toBe(0);
  });

  it('without quota: at its checkpoint, with 4, and the next run goes on', async () => {
    desk.sandbox.latency.spec = { kind: 'none' };
    desk.sandbox.limits.change({ plan: 'professional', override: { daily: 4 } });
    const { code, document } = await assayJson('run', '--full');
    expect(document.runs[0]).toMatchObject({
      outcome: 'checkpoint',
      stopped: { code: 'QUOTA_SPENT' },
    });
    expect(code).toBe(4);
    desk.sandbox.limits.change({ plan: 'off' });
    expect((await assay('run')).code).toBe(0);
  });
});

describe('several connections', patience, () => {
  it('one must be chosen, and be one that the config names', async () => {
    desk.place.writeConfig(
      sandboxConfig(desk.sandbox.url, '  other: { crm: hubspot, settings: { token: X } }\n'),
    );
    const unclear = await assay('plan');
    expect(unclear.code).toBe(2);
    expect(unclear.stderr).toMatch(/several connections: main, other/);
    const unknown = await assay('plan', '--connection', 'mian');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('CONNECTION_UNKNOWN');
  });

  it('run passes over each; one that fails does not hold the others up', async () => {
    const { code, document } = await assayJson('run');
    expect(document.runs).toMatchObject([{ connection: 'main', outcome: 'done' }]);
    expect(document.failures).toMatchObject([
      { connection: 'other', error: { code: 'SECRET_MISSING' } },
    ]);
    expect(code).toBe(2);
  });
});
