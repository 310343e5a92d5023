import { afterAll, beforeAll, expect, it } from 'vitest';
import { listOverrides } from '../../src/run/list-overrides.ts';
import { clearOverride, setOverride } from '../../src/run/overrides.ts';
import { pullConnection, runConnection } from '../../src/run/run-connection.ts';
import { AS_OF, type JoinedBench, type Name, names, openJoinedBench } from './joined-bench.ts';

let bench: JoinedBench;

beforeAll(async () => {
  bench = await openJoinedBench();
  for (const name of names)
    await bench.connected(name, (ctx) => pullConnection(ctx, { full: false, asOf: AS_OF }));
  for (const name of names) await run(name);
}, 120_000);

afterAll(async () => {
  await bench.close();
});

async function run(name: Name): Promise<void> {
  bench.settle();
  await bench.connected(name, (ctx) => runConnection(ctx, { full: false, asOf: AS_OF }));
}

/** By the seller's own number, without what is the record's own. */
async function scoreOf(name: Name, externalId: string) {
  const [found] = await bench.app.store.records.find(name, externalId);
  const score = await bench.app.store.scores.byId(name, found?.customer.id ?? '');
  if (score === null) return null;
  const { customerId: _, signals, ...rest } = score;
  const { customerId: __, ...facts } = signals;
  return { ...rest, facts };
}

const known = (name: Name) =>
  new Set([...bench.worlds[name].customers].map(({ externalId }) => externalId));

const set = async (name: Name, called: string, key: string) =>
  await bench.connected(name, (ctx) =>
    setOverride(ctx, called, {
      ...{ family: 'value_tier', class: key, until: null, why: 'a promise', by: 'A. Meier' },
    }),
  );

it('a word on one record of a joined customer holds for all of them, as if one portal knew all', async () => {
  const shared = [...known('shop')].filter((id) => known('wholesale').has(id));
  const [one = '', other = ''] = shared;
  const before = await scoreOf('all', one);
  await set('shop', one, 'platinum');
  await set('wholesale', other, 'platinum');
  for (const id of [one, other]) await set('all', id, 'platinum');
  for (const name of names) await run(name);
  for (const id of shared) {
    const whole = await scoreOf('all', id);
    expect(await scoreOf('shop', id)).toEqual(whole);
    expect(await scoreOf('wholesale', id)).toEqual(whole);
  }
  expect(await scoreOf('wholesale', one)).toMatchObject({ tier: 'platinum' });

  await set('wholesale', one, 'gold');
  const states = async (name: Name) => {
    const { overrides } = await bench.connected(name, (ctx) =>
      listOverrides(ctx, { lapsed: false }),
    );
    return overrides
      .filter(({ externalId }) => externalId === one)
      .map(({ class: key, state }) => [key, state]);
  };
  expect(await states('shop')).toEqual([['platinum', 'outweighed']]);
  expect(await states('wholesale')).toEqual([['gold', 'holds']]);

  for (const [name, id] of [
    ['wholesale', one],
    ['shop', one],
    ['wholesale', other],
    ['all', one],
    ['all', other],
  ] as const)
    await bench.connected(name, (ctx) =>
      clearOverride(ctx, id, { family: 'value_tier', why: 'over' }),
    );
  for (const name of names) await run(name);
  expect(await scoreOf('wholesale', one)).toEqual(before);
  expect(await scoreOf('shop', one)).toEqual(before);
}, 180_000);
