import { afterAll, beforeAll, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { openWorkplace, sandboxConfig, type Workplace } from './run-assay.ts';

let place: Workplace;
let sandbox: HubSpotSandbox;
const world = generatedWorld({ contacts: 60, deals: 600, seed: 7 });
/** The day by which half of the orders had come. */
const days = [...world.orders].map(({ placedAt }) => placedAt.slice(0, 10)).sort();
const asOf = days[Math.floor(days.length / 2)] ?? '';

beforeAll(async () => {
  place = openWorkplace();
  const portal = new Portal({ companyCurrency: 'GBP', timeZone: 'Europe/London' });
  loadWorld(portal, world, { loadedAt: Date.now() - 7_200_000 });
  sandbox = await startHubSpotSandbox({ portal });
  place.writeConfig(sandboxConfig(sandbox.url));
});

afterAll(async () => {
  await sandbox.close();
  place.remove();
});

const assay = (...args: readonly string[]) => place.assay(args, { HUBSPOT_TOKEN: sandbox.token });

it('assay backtest tests what a store holds, without a call', async () => {
  const early = await assay('backtest', '--connection', 'main', '--as-of', asOf);
  expect(early.code).toBe(2);
  expect(early.stderr).toContain('was ever scored');
  await assay('pull');
  await assay('score');
  const calls = sandbox.calls.report().total;
  const { code, stdout, stderr } = await assay(
    ...['backtest', '--connection', 'main', '--as-of', asOf, '--json'],
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(sandbox.calls.report().total).toBe(calls);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ name: 'connection main', currency: 'GBP', asOf });
  expect(document.customers).toBeGreaterThan(20);
  expect(document.bought).toBeGreaterThan(10);
  const both = await assay('backtest', 'a.csv', '--connection', 'main', '--as-of', asOf);
  expect(both).toMatchObject({ code: 2 });
  expect(both.stderr).toContain('not both');
}, 120_000);
