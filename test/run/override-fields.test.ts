import { afterAll, beforeAll, expect, it } from 'vitest';
import { askTouched } from '../../src/jobs/ask-touched.ts';
import type { Policy } from '../../src/policy/schema.ts';
import type { RunContext } from '../../src/run/context.ts';
import { doctorConnection } from '../../src/run/doctor.ts';
import { listOverrides } from '../../src/run/list-overrides.ts';
import { setOverride } from '../../src/run/overrides.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({
    ...{ contacts: 60, deals: 200 },
    settings: { fields: { attributes: { manual_tier: 'jobtitle' } } },
  });
  await bench.provision();
  await bench.run();
  bench.settle();
}, 120_000);

afterAll(async () => {
  await bench.close();
});

/** As `overrides: { value_tier: manual_tier }` of config/assay.yaml, or without. */
const withField = async <T>(isNamed: boolean, work: (ctx: RunContext) => Promise<T>) =>
  await bench.connected(async (ctx) => {
    const overrides = isNamed ? { value_tier: 'manual_tier' } : {};
    const connections = ctx.population.connections.map((one) => ({ ...one, overrides }));
    return await work({ ...ctx, population: { ...ctx.population, connections } });
  });

const run = async (isNamed = true) => {
  bench.settle();
  return await withField(isNamed, (ctx) => runConnection(ctx, { full: false, asOf: AS_OF }));
};

const scoreOf = async (id: string) => await bench.app.store.scores.byId('main', id);

const inTier = async (tier: string) => {
  const all = await bench.app.store.scores.page('main', { after: null, limit: 1_000 });
  const found = all.find(({ score }) => score.tier === tier);
  if (found === undefined) throw new Error(`Nobody is in ${tier}`);
  return found.score.customerId;
};

const edit = async (id: string, jobtitle: string) => {
  const answer = await fetch(`${bench.sandbox.url}/crm/v3/objects/contacts/${id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${bench.sandbox.token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ properties: { jobtitle } }),
  });
  if (!answer.ok) throw new Error(await answer.text());
};

it('a class that somebody gives in the CRM is read, wins, and goes when the field is emptied', async () => {
  const id = await inTier('bronze');
  const before = await scoreOf(id);
  await edit(id, 'Platinum');
  await run();
  expect(await scoreOf(id)).toMatchObject({
    tier: 'platinum',
    held: { code: 'override', named: { why: 'manual_tier', by: 'in the CRM' } },
  });
  const listed = await withField(true, (ctx) => listOverrides(ctx, { lapsed: false }));
  expect(listed.overrides).toMatchObject([{ customer: id, class: 'platinum', source: 'crm' }]);

  await edit(id, 'Head of purchasing');
  const report = await run();
  expect(report.outcome).toBe('done');
  const unclear = await scoreOf(id);
  expect(unclear?.tier).toBe('bronze');
  expect(unclear?.quality.problems).toContain('override-unknown');
  const findings = await withField(true, doctorConnection);
  expect(findings.find(({ message }) => message.includes('Head of purchasing'))).toMatchObject({
    ...{ check: 'overrides', status: 'warning' },
  });

  await edit(id, '');
  await run();
  expect(await scoreOf(id)).toEqual(before);
}, 120_000);

it('naming the field, or naming it no more, scores whom it concerns and nobody else', async () => {
  const id = await inTier('bronze');
  await edit(id, 'gold');
  await run(false);
  expect((await scoreOf(id))?.tier).toBe('bronze');
  expect((await run(true)).score?.scored).toBe(1);
  expect((await scoreOf(id))?.tier).toBe('gold');
  expect((await run(false)).score?.scored).toBe(1);
  expect((await scoreOf(id))?.tier).toBe('bronze');
  await edit(id, '');
  await run(false);
}, 120_000);

it('a word given while a worker serves is written without waiting for a run', async () => {
  const id = await inTier('bronze');
  const { effect } = await bench.connected((ctx) =>
    setOverride(ctx, id, {
      ...{ family: 'value_tier', class: 'gold', until: null, why: 'a promise', by: 'A. Meier' },
    }),
  );
  const { store } = bench.app;
  await bench.connected(async ({ clock, log }) => {
    const queue = await bench.app.queue();
    await askTouched({ store, queue, connections: ['main'], clock, log }, effect.touched);
  });
  const message = { connection: 'main', reason: 'webhook' } as const;
  const signal = new AbortController().signal;
  await bench.app.work(message, signal, { debounceMs: 0, maxWaitMs: 0 });
  const { contacts } = bench.sandbox.portal.objects;
  const { properties } = contacts.at(contacts.slotOf(Number(id)) ?? -1);
  expect(properties['assay_value_tier']).toBe('gold');
}, 120_000);

it('a retired tier’s customers, words and standings go where the policy says; its option follows', async () => {
  const given = await inTier('bronze');
  await bench.connected((ctx) =>
    setOverride(ctx, given, {
      ...{ family: 'value_tier', class: 'silver', until: null, why: 'a promise', by: 'A. Meier' },
    }),
  );
  await run(false);
  const standing = (await scoreOf(await inTier('silver')))?.standing?.tier;
  expect(standing).toBeDefined();
  const all = await bench.app.store.scores.page('main', { after: null, limit: 1_000 });
  const were = all.flatMap(({ score }) =>
    score.standing?.tier === 'silver' ? score.customerId : [],
  );
  expect(were.length).toBeGreaterThan(0);

  const under = async <T>(work: (ctx: RunContext) => Promise<T>) =>
    await bench.connected(async (ctx) => {
      const why = 'silver is retired';
      const guards = ['tier-customers', 'tier-revenue', 'tier-emptied', 'tier-doubled'] as const;
      const policy = withoutSilver(ctx.policy);
      return await work({ ...ctx, policy, allowance: { guards, why } });
    });
  const options = () =>
    bench.sandbox.portal.schema
      .definitions('contacts')
      .find(({ name }) => name === 'assay_value_tier')
      ?.options.map(({ value, hidden }) => [value, hidden]);
  const provision = async () =>
    await under((ctx) => provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }));
  await provision();
  expect(options()).toContainEqual(['silver', true]);
  bench.settle();
  const report = await under((ctx) => runConnection(ctx, { full: false, asOf: AS_OF }));
  expect(report.outcome).toBe('done');
  expect(await scoreOf(given)).toMatchObject({ tier: 'gold', held: { code: 'override' } });
  for (const id of were) expect((await scoreOf(id))?.standing?.tier).toMatch(/platinum|gold/);
  await provision();
  expect(options()?.map(([value]) => value)).not.toContain('silver');
}, 180_000);

/** Silver goes into gold; who comes anew is sorted by the tiers there are. */
function withoutSilver(policy: Policy): Policy {
  const classes = policy.tiers.classes.filter(({ key }) => key !== 'silver');
  const lists = policy.lists.filter(({ values }) => !values.includes('silver'));
  const retired = [{ family: 'value_tier', key: 'silver', to: 'gold' } as const];
  return { ...policy, lists, retired, tiers: { ...policy.tiers, classes } };
}
