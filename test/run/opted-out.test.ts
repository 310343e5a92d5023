import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({ language: 'zh' });
  await bench.provision();
  await bench.run();
  bench.settle();
});

afterAll(async () => {
  await bench.close();
});

it('labels and reasons are written in the connection’s language', () => {
  const { contacts } = bench.sandbox.portal.objects;
  const reasons = [...contacts.slotsFrom(0)].map(
    (slot) => contacts.at(slot).properties['assay_reason'] ?? '',
  );
  expect(reasons.some((text) => /\p{Script=Han}/u.test(text))).toBe(true);
});

it('a customer who asks to be left out is scored no more, and our fields are cleared', async () => {
  const { records, scores, pulls } = bench.app.store;
  const everybody = await records.page('main', { after: null, limit: 1_000, whom: 'all' });
  const found = everybody.find(({ customer }) => (customer.held.value_tier ?? null) !== null);
  if (found === undefined) throw new Error('Somebody holds a tier after a run');
  const { id } = found.customer;
  const modifiedAt = new Date(Date.parse(found.customer.modifiedAt) + 1_000).toISOString();
  await pulls.savePage('main', {
    customers: [{ ...found.customer, optedOut: true, modifiedAt }],
    ...{ deals: [], removals: [], taskKey: 'none', next: null, spawned: [] },
  });
  const report = await bench.run();
  expect(report.score).toMatchObject({ scope: 'due', optedOut: 1 });
  expect(await scores.byId('main', id)).toMatchObject({ optedOut: true, tier: null, points: null });
  const { contacts } = bench.sandbox.portal.objects;
  const { properties } = contacts.at(contacts.slotOf(Number(id)) ?? -1);
  const ours = Object.entries(properties).filter(
    ([name, value]) => name.startsWith('assay_') && name !== 'assay_run' && value !== '',
  );
  expect(ours).toEqual([]);
  expect((await bench.run()).plan?.summary.changes).toBe(0);
});
