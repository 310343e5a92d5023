import { afterEach, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { World } from '../../sandbox/data/world.ts';
import { openTwoCrms, type TwoCrms } from './two-crms.ts';

const asOf = '2026-11-01';
const opened: TwoCrms[] = [];

afterEach(async () => {
  for (const crms of opened.splice(0)) await crms.close();
});

/** All customers, and every other order from the first or the second on. */
function half(world: World, first: 0 | 1): World {
  const orders = [...world.orders].filter((_, index) => index % 2 === first);
  return { ...world, orders, orderCount: orders.length };
}

it('a customer of both CRMs is valued once over the orders of both, and written to each', async () => {
  const world = generatedWorld({ contacts: 120, deals: 420, seed: 31, until: asOf });
  const whole = await openTwoCrms(world);
  opened.push(whole);
  await whole.run('hubspot', asOf);

  const joined = await openTwoCrms(world, {
    hubspot: { world: half(world, 0) },
    zoho: { world: half(world, 1) },
    identity: [{ connections: ['hubspot', 'zoho'], by: ['externalId'] }],
  });
  opened.push(joined);
  // Both are read before any is scored: else the first scores would be those of half the orders.
  for (const crm of ['hubspot', 'zoho'] as const) await joined.pull(crm);
  for (const crm of ['hubspot', 'zoho'] as const)
    expect((await joined.run(crm, asOf)).outcome).toBe('done');

  const expected = await whole.told('hubspot');
  expect(await joined.told('hubspot')).toEqual(expected);
  expect(await joined.told('zoho')).toEqual(expected);

  const quiet = await joined.run('hubspot', asOf);
  expect(quiet.plan?.summary.changes).toBe(0);
});
