import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardNames } from '../../src/domain/hold.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { policy } from '../score/default-policy.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({ contacts: 80, deals: 300 });
  await bench.provision();
  await bench.run();
  bench.settle();
});

afterAll(async () => {
  await bench.close();
});

async function runBy(scope: typeof policy.scope) {
  bench.settle();
  return await bench.connected((ctx) =>
    runConnection(
      { ...ctx, policy: { ...policy, scope }, allowance: { guards: guardNames, why: 'Scope' } },
      { full: false, asOf: AS_OF },
    ),
  );
}

/** Contacts with a field of ours that is filled. */
function holders(): number {
  const { contacts } = bench.sandbox.portal.objects;
  return [...contacts.slotsFrom(0)].filter((slot) =>
    Object.entries(contacts.at(slot).properties).some(
      ([name, value]) => name.startsWith('assay_') && name !== 'assay_run' && value !== '',
    ),
  ).length;
}

it('who leaves the policy’s scope is cleared by the next plan, and comes back with it', async () => {
  const before = holders();
  const all = await bench.app.store.records.page('main', { after: null, limit: 500, whom: 'all' });
  const byCountry = Map.groupBy(all, ({ customer }) => customer.country ?? '');
  const known = [...byCountry].filter(([country]) => country !== '');
  const [[country, those] = ['', []]] = known.toSorted(([, a], [, b]) => b.length - a.length);
  const gone = those.length;
  expect(gone).toBeGreaterThan(1);
  const left = await runBy({ exclude: [{ where: { country: [country] } }], silentMonths: null });
  expect(left.outcome).toBe('done');
  expect(left.score).toMatchObject({
    cutPointsFound: true,
    outOfScope: { excluded: gone, silent: 0 },
  });
  const kept = holders();
  expect(kept).toBeLessThan(before);
  const members = await bench.app.store.scores.page('main', { after: null, limit: 500 });
  const out = members.filter(({ score }) => score.outOfScope != null);
  expect(out).toHaveLength(gone);
  expect(out.every(({ held, lists }) => Object.keys(held).length + lists.length === 0)).toBe(true);
  const back = await runBy({ exclude: [], silentMonths: null });
  expect(back.score).toMatchObject({ outOfScope: { excluded: 0, silent: 0 } });
  expect(holders()).toBe(before);
});
