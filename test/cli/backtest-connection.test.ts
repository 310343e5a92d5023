import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPortalPlace, type PortalPlace } from './portal-place.ts';

let desk: PortalPlace;
/** The day by which half of the orders had come. */
let asOf = '';

beforeAll(async () => {
  desk = await openPortalPlace({ contacts: 60, deals: 600 });
  const days = [...desk.world.orders].map(({ placedAt }) => placedAt.slice(0, 10)).sort();
  asOf = days[Math.floor(days.length / 2)] ?? '';
});

afterAll(async () => {
  await desk.close();
});

it('assay backtest tests what a store holds, without a call', async () => {
  const early = await desk.assay('backtest', '--connection', 'main', '--as-of', asOf);
  expect(early.code).toBe(2);
  expect(early.stderr).toContain('was ever scored');
  await desk.assay('pull');
  await desk.assay('score');
  const calls = desk.sandbox.calls.report().total;
  const { code, stdout, stderr } = await desk.assay(
    ...['backtest', '--connection', 'main', '--as-of', asOf, '--json'],
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(desk.sandbox.calls.report().total).toBe(calls);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ name: 'connection main', currency: 'GBP', asOf });
  expect(document.customers).toBeGreaterThan(20);
  expect(document.bought).toBeGreaterThan(10);
  const both = await desk.assay('backtest', 'a.csv', '--connection', 'main', '--as-of', asOf);
  expect(both).toMatchObject({ code: 2 });
  expect(both.stderr).toContain('not both');
}, 120_000);
