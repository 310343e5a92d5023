import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import {
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
  startHubSpotSandbox,
} from '../../sandbox/hubspot/server.ts';
import { openWorkplace, sandboxConfig, type Workplace } from './run-assay.ts';

let place: Workplace;
let sandbox: HubSpotSandbox;
let running = false;

beforeEach(async () => {
  place = openWorkplace();
  await serve();
});

afterEach(async () => {
  await stop();
  place.remove();
});

/** A portal of 40 contacts that was last touched an hour ago. */
async function serve(options: HubSpotSandboxOptions = {}): Promise<void> {
  await stop();
  const portal = new Portal({ companyCurrency: 'GBP', timeZone: 'Europe/London' });
  const world = generatedWorld({ contacts: 40, deals: 160, seed: 7 });
  loadWorld(portal, world, { loadedAt: Date.now() - 3_600_000 });
  sandbox = await startHubSpotSandbox({ portal, ...options });
  running = true;
  place.writeConfig(sandboxConfig(sandbox.url));
}

async function stop(): Promise<void> {
  if (running) await sandbox.close();
  running = false;
}

function assay(...args: readonly string[]) {
  return place.assay(args, { HUBSPOT_TOKEN: sandbox.token });
}

async function assayJson(...args: readonly string[]) {
  const { code, stdout, stderr } = await assay(...args, '--json');
  expect(stdout.trimEnd().split('\n'), stderr).toHaveLength(1);
  return { code, document: JSON.parse(stdout) };
}

describe('a connection that works', () => {
  it('is provisioned, run, explained, and has nothing left to do', async () => {
    const provisioned = await assayJson('provision');
    expect(provisioned.code).toBe(0);
    const first = await assayJson('run');
    expect(first.code).toBe(0);
    expect(first.document).toMatchObject({ failures: [], runs: [{ outcome: 'done' }] });
    expect(first.document.runs[0].apply.receipts).toMatchObject({ rejected: 0, open: 0 });
    expect(first.document.runs[0].apply.receipts.applied).toBeGreaterThan(30);
    const second = await assayJson('run');
    expect(second.document.runs[0].plan.summary.changes).toBe(0);
    const explained = await assayJson('explain', sandbox.portal.objects.contacts ? '1001' : '');
    expect(explained.document.customers[0].explanation.lines.length).toBeGreaterThan(3);
  }, 60_000);

  it('shows a plan that writes nothing, and applies it', async () => {
    await assay('provision');
    await assay('pull');
    await assay('score');
    const before = sandbox.calls.report().kinds.write;
    const planned = await assay('plan');
    expect(planned.stdout).toMatch(/Tiers, customers from/);
    expect(planned.stdout).toMatch(/Revenue that moves: £/);
    expect(planned.stdout).toMatch(/value_tier {2,}empty →/);
    expect(sandbox.calls.report().kinds.write).toBe(before);
    const applied = await assayJson('apply');
    expect(applied.code).toBe(0);
    expect((await assayJson('plan')).document.changes).toEqual([]);
  }, 60_000);

  it('is checked by doctor, which tells what is missing before provision', async () => {
    const { code, stdout } = await assay('doctor');
    expect(stdout).toMatch(/^✓ /m);
    expect(stdout).toMatch(/^✗ |^! /m);
    expect([0, 2]).toContain(code);
  }, 30_000);
});

describe('what is refused', () => {
  it('a missing secret, by the names of variable and connection', async () => {
    const { code, stderr } = await place.assay(['run']);
    expect(code).toBe(2);
    expect(stderr).toContain('HUBSPOT_TOKEN (connection main)');
    expect(stderr).toContain('SECRET_MISSING');
  });

  it('a wrong token, without printing it', async () => {
    const { code, stderr, stdout } = await place.assay(['run'], { HUBSPOT_TOKEN: 'pat-na1-wrong' });
    expect(code).toBe(4);
    expect(stderr).toContain('TOKEN_REFUSED');
    expect(stderr + stdout).not.toContain('pat-na1-wrong');
  });

  it('a connection the config does not name', async () => {
    const { code, stderr } = await assay('pull', '--connection', 'mian');
    expect(code).toBe(2);
    expect(stderr).toContain('CONNECTION_UNKNOWN');
  });

  it('a choice between several connections', async () => {
    place.writeConfig(
      sandboxConfig(sandbox.url, '  other: { crm: hubspot, settings: { token: X } }\n'),
    );
    const { code, stderr } = await assay('plan');
    expect(code).toBe(2);
    expect(stderr).toMatch(/several connections: main, other/);
  });

  it('a customer nobody knows', async () => {
    const { code, stderr } = await assay('explain', 'nobody@example.com');
    expect(code).toBe(2);
    expect(stderr).toContain('CUSTOMER_UNKNOWN');
  });

  it('a second process on the same folder, by who has it', async () => {
    await serve({ latency: { kind: 'fixed', ms: 400 } });
    const first = assay('run');
    await untilCalled(1);
    const second = await assay('run');
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('STORE_LOCKED');
    expect(second.stderr).toMatch(/process \d+/);
    await first;
  }, 60_000);
});

it('a run that is out of quota ends at its checkpoint, with 4, and the next goes on', async () => {
  await assay('provision');
  const used = sandbox.calls.report().total;
  await serve({ limits: { plan: 'professional', override: { daily: used + 10 } } });
  const { code, document } = await assayJson('run');
  expect(code).toBe(4);
  expect(document.runs[0]).toMatchObject({
    outcome: 'checkpoint',
    stopped: { code: 'QUOTA_SPENT' },
  });
}, 60_000);

it('Ctrl-C ends a run at its checkpoint, with 4, and the next goes on', async () => {
  await serve({ latency: { kind: 'fixed', ms: 300 } });
  await assay('provision');
  const asked = sandbox.calls.report().total;
  const run = place.start(['run', '--json'], { HUBSPOT_TOKEN: sandbox.token });
  await untilCalled(asked + 2);
  run.interrupt();
  const { code, stdout, stderr } = await run.ended;
  expect(stderr).toContain('Stopping');
  expect(code).toBe(4);
  expect(JSON.parse(stdout).runs[0]).toMatchObject({ outcome: 'checkpoint' });
  expect((await assayJson('run')).code).toBe(0);
}, 60_000);

async function untilCalled(calls: number): Promise<void> {
  while (sandbox.calls.report().total < calls)
    await new Promise((resolve) => setTimeout(resolve, 20));
}
