import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importOverrides } from '../../src/run/import-overrides.ts';
import { listOverrides } from '../../src/run/list-overrides.ts';
import { clearOverride, setOverride } from '../../src/run/overrides.ts';
import type { NewOverride } from '../../src/store/override-store.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench();
  await bench.provision();
  await bench.run();
  bench.settle();
}, 120_000);

afterAll(async () => {
  await bench.close();
});

const inTwoYears = '2028-10-31';

const everybody = async () => {
  const all = await bench.app.store.scores.page('main', { after: null, limit: 10_000 });
  return new Map(all.map(({ score }) => [score.customerId, score]));
};

const inTier = async (tier: string) => {
  const found = [...(await everybody()).values()].find((score) => score.tier === tier);
  if (found === undefined) throw new Error(`Nobody is in ${tier}`);
  return found.customerId;
};

const written = (id: string, name: string) => {
  const { contacts } = bench.sandbox.portal.objects;
  return contacts.at(contacts.slotOf(Number(id)) ?? -1).properties[name] ?? '';
};

const set = async (called: string, family: string, key: string, until: string | null = null) =>
  await bench.connected((ctx) =>
    setOverride(ctx, called, {
      ...{ family, class: key, until, why: 'a promise', by: 'A. Meier' },
    }),
  );

describe('what was decided for a class that was retired', () => {
  it.each([
    { to: 'bronze', countsAs: 'bronze', state: 'holds' },
    { to: 'rules', countsAs: null, state: 'void' },
  ])('counts as $to', async ({ to, countsAs, state }) => {
    const id = await inTier('bronze');
    await set(id, 'value_tier', 'silver');
    const { overrides } = await bench.connected((ctx) => {
      const { tiers, retired } = ctx.policy;
      const classes = tiers.classes.filter(({ key }) => key !== 'silver');
      const gone = { family: 'value_tier', key: 'silver', to } as const;
      const policy = { ...ctx.policy, tiers: { ...tiers, classes }, retired: [...retired, gone] };
      return listOverrides({ ...ctx, policy }, { lapsed: false });
    });
    expect(overrides).toMatchObject([{ customer: id, class: 'silver', countsAs, state }]);
    await bench.connected((ctx) => clearOverride(ctx, id, { family: 'value_tier', why: 'over' }));
  });
});

describe('moving a customer by hand', () => {
  it('is written by the next delta, moves nobody else, and is there after the next full run', async () => {
    const before = await everybody();
    const id = await inTier('bronze');
    await set(id, 'value_tier', 'platinum', inTwoYears);
    await set(id, 'importance', 'black');
    const report = await bench.run();
    expect(report.score).toMatchObject({ scope: 'due', due: { happened: 1 } });
    expect(written(id, 'assay_value_tier')).toBe('platinum');
    expect((await everybody()).get(id)?.classes.importance?.key).toBe('black');
    expect(written(id, 'assay_reason')).toContain('given by hand');
    const after = await everybody();
    for (const [other, score] of after) if (other !== id) expect(score).toEqual(before.get(other));
    bench.settle();
    await bench.run({ full: true });
    expect(written(id, 'assay_value_tier')).toBe('platinum');
    const again = await everybody();
    for (const [other, { tier, classes }] of before)
      if (other !== id)
        expect([tier, classes]).toEqual([again.get(other)?.tier, again.get(other)?.classes]);
    expect((await bench.run()).plan?.summary.changes).toBe(0);

    for (const family of ['value_tier', 'importance'] as const)
      await bench.connected((ctx) => clearOverride(ctx, id, { family, why: 'over' }));
    bench.settle();
    await bench.run();
    expect(written(id, 'assay_value_tier')).toBe('bronze');
    expect((await everybody()).get(id)).toEqual(before.get(id));
  }, 120_000);

  it('takes service level, strategy and lists along', async () => {
    const id = await inTier('bronze');
    const model = await inTier('platinum');
    await set(id, 'value_tier', 'platinum');
    bench.settle();
    await bench.run();
    for (const name of ['assay_service_level', 'assay_communication_strategy'])
      expect(written(id, name)).toBe(written(model, name));
    const [own, others] = await Promise.all(
      [id, model].map(async (one) => {
        const [found] = await bench.app.store.scores.page('main', {
          ...{ after: null, limit: 1, ids: [one] },
        });
        return found?.lists ?? [];
      }),
    );
    expect(own?.filter((list) => others?.includes(list))).not.toEqual([]);
    await bench.connected((ctx) => clearOverride(ctx, id, { family: 'value_tier', why: 'over' }));
    bench.settle();
    await bench.run();
  }, 120_000);

  it('lapses by itself on the day after its last', async () => {
    const id = await inTier('silver');
    await set(id, 'value_tier', 'platinum', '2026-11-30');
    const at = async (asOf: string) => {
      bench.settle();
      await bench.run({ asOf });
      return written(id, 'assay_value_tier');
    };
    expect(await at(AS_OF)).toBe('platinum');
    expect(await at('2026-11-30')).toBe('platinum');
    expect(await at('2026-12-01')).not.toBe('platinum');
    const listed = await bench.connected((ctx) => listOverrides(ctx, { lapsed: true }));
    expect(listed.overrides).toEqual([]);
  }, 120_000);

  it('is refused of nobody, of several, in what the policy does not have, and without a reason', async () => {
    const { portal } = bench.sandbox;
    expect(portal).toBeDefined();
    const id = await inTier('silver');
    await expect(set('nobody', 'value_tier', 'gold')).rejects.toMatchObject({
      code: 'CUSTOMER_UNKNOWN',
    });
    for (const [family, key] of [
      ['value_tier', 'diamond'],
      ['tier', 'gold'],
      ['attribute_segment', 'x'],
    ] as const)
      await expect(set(id, family, key)).rejects.toMatchObject({ code: 'OVERRIDE_INVALID' });
    await expect(set(id, 'value_tier', 'gold', '2020-01-01')).rejects.toMatchObject({
      code: 'OVERRIDE_INVALID',
    });
    const noReason = { family: 'value_tier', class: 'gold', until: null, why: ' ', by: 'A' };
    await expect(bench.connected((ctx) => setOverride(ctx, id, noReason))).rejects.toThrow(
      'the reason (why) is missing',
    );
    await expect(
      bench.connected((ctx) => clearOverride(ctx, id, { family: 'trend', why: 'over' })),
    ).rejects.toMatchObject({ code: 'OVERRIDE_UNKNOWN' });
  });
});

describe('a file of words', () => {
  const row = (customer: string, line: number, given: Partial<NewOverride> = {}) => ({
    ...{ customer, line, family: 'value_tier', class: 'gold', until: '', why: 'VIP', by: 'A' },
    ...given,
    ...(given.until === undefined ? {} : { until: given.until ?? '' }),
  });
  const take = async (rows: readonly ReturnType<typeof row>[], checkOnly = false) =>
    await bench.connected((ctx) => importOverrides(ctx, rows, { checkOnly }));

  it('is carried out whole or not at all, every wrong line told', async () => {
    const [one = '', two = ''] = [...(await everybody()).keys()];
    const bad = await take([
      row(one, 2),
      row('nobody', 3),
      row(two, 4, { class: 'diamond', why: '' }),
      row(one, 5, { class: 'silver' }),
    ]);
    expect(bad.effect).toBeNull();
    expect(bad.problems.map(({ line }) => line)).toEqual([3, 4, 4, 5]);
    const checked = await take([row(one, 2)], true);
    expect(checked).toMatchObject({ problems: [], effect: null });
    expect((await bench.app.store.overrides.of('main', [one])).get(one)).toBeUndefined();

    const rows = [row(one, 2), row(two, 3, { until: '2027-01-31' })];
    expect((await take(rows)).effect).toMatchObject({ set: 2, unchanged: 0 });
    expect((await take(rows.toReversed())).effect).toMatchObject({ set: 0, unchanged: 2 });
    const listed = await bench.connected((ctx) => listOverrides(ctx, { lapsed: false }));
    const found = listed.overrides.map(({ customer, state, source }) => [customer, state, source]);
    expect(found).toEqual(expect.arrayContaining([one, two].map((id) => [id, 'holds', 'csv'])));
  });
});
