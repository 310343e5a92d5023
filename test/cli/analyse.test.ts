import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { openWorkplace, sandboxConfig, type Workplace } from './run-assay.ts';

let place: Workplace;
let sandbox: HubSpotSandbox;

beforeAll(async () => {
  place = openWorkplace();
  const portal = new Portal({ companyCurrency: 'GBP', timeZone: 'Europe/London' });
  const world = generatedWorld({ contacts: 60, deals: 300, seed: 7 });
  loadWorld(portal, world, { loadedAt: Date.now() - 7_200_000 });
  sandbox = await startHubSpotSandbox({ portal });
  place.writeConfig(sandboxConfig(sandbox.url));
});

afterAll(async () => {
  await sandbox.close();
  place.remove();
});

function assay(...args: readonly string[]) {
  return place.assay(args, { HUBSPOT_TOKEN: sandbox.token });
}

describe('assay analyse', { timeout: 120_000 }, () => {
  it('has nothing to say before the first scoring', async () => {
    const { code, stdout } = await assay('analyse');
    expect(stdout).toBe('Nobody is scored yet: run `assay score`.\n');
    expect(code).toBe(0);
  });

  it('looks at what was scored without a call', async () => {
    await assay('provision');
    await assay('pull');
    expect((await assay('score')).code).toBe(0);
    const before = sandbox.calls.report().total;
    const { code, stdout, stderr } = await assay('analyse');
    expect(code, stderr).toBe(0);
    expect(sandbox.calls.report().total).toBe(before);
    expect(stdout).toMatch(/of the required fields are filled/);
    expect(stdout).toMatch(/hold .*% of the\n/);
    expect(stdout).toMatch(/Agreement -?\d\.\d\d/);
    expect(stdout).toMatch(/orders with \d+ products/);
  });

  it('says the same as one document', async () => {
    const { stdout } = await assay('analyse', '--json');
    const { analysis } = JSON.parse(stdout);
    expect(analysis.currency).toBe('GBP');
    expect(analysis.together.orders).toBeGreaterThan(100);
    expect(analysis.quality.customers).toBe(60);
    expect(analysis.keyAccounts.shareOfNet).toBeGreaterThanOrEqual(0.8);
    const sizes = analysis.tierCheck.clusters.map((one: { customers: number }) => one.customers);
    expect(sizes.reduce((sum: number, size: number) => sum + size, 0)).toBe(
      analysis.tierCheck.customers,
    );
  });
});
