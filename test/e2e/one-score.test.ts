import { afterEach, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { World } from '../../sandbox/data/world.ts';
import { seededRandom } from '../../sandbox/kit/random.ts';
import { openTwoCrms, type TwoCrms, type TwoCrmsOptions } from './two-crms.ts';

const asOf = '2026-11-01';
let crms: TwoCrms;

afterEach(async () => {
  await crms.close();
});

/** The same orders, entered in another order. */
function shuffled(world: World, seed: number): World {
  const random = seededRandom(seed);
  const orders = [...world.orders]
    .map((order) => [random.next(), order] as const)
    .sort(([a], [b]) => a - b)
    .map(([, order]) => order);
  return { ...world, orders };
}

const ways: readonly (readonly [string, (world: World) => TwoCrmsOptions])[] = [
  ['as they come', () => ({})],
  [
    'by small pages, nothing in bulk',
    () => ({ zoho: { settings: { coqlRows: 37, bulkRead: false } } }),
  ],
  [
    'entered in another order',
    (world) => ({ zoho: { world: shuffled(world, 3) }, hubspot: { world: shuffled(world, 4) } }),
  ],
  ['shown to a user in Kolkata', () => ({ zoho: { org: { userTimeZone: 'Asia/Kolkata' } } })],
  [
    'through a network that fails one call in ten',
    () => {
      const faults = [
        { match: {}, probability: 0.1, effect: { kind: 'reset', when: 'before' } },
      ] as const;
      return { zoho: { sandbox: { faults } }, hubspot: { sandbox: { faults } } };
    },
  ],
];

describe('the same orders through HubSpot and through Zoho', () => {
  it.each(ways)(
    'give everyone the same scores, classes and reasons: %s',
    async (_way, optionsOf) => {
      const world = generatedWorld({ contacts: 150, deals: 520, seed: 21, until: asOf });
      crms = await openTwoCrms(world, optionsOf(world));
      const hubspot = await crms.run('hubspot', asOf);
      const zoho = await crms.run('zoho', asOf);
      expect([hubspot.outcome, zoho.outcome]).toEqual(['done', 'done']);
      expect(zoho.score?.hash).toBe(hubspot.score?.hash);
      const told = await crms.told('hubspot');
      expect(told.size).toBe(150);
      expect(await crms.told('zoho')).toEqual(told);
    },
  );
});
