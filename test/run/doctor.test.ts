import { afterEach, expect, it } from 'vitest';
import { doctorConnection } from '../../src/run/doctor.ts';
import { explainCustomer } from '../../src/run/explain.ts';
import { applyConnection, planConnection } from '../../src/run/run-connection.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

afterEach(async () => {
  await bench.close();
});

it('doctor says what is unfit in the data, and what the store survives', async () => {
  bench = await openWorkbench({ contacts: 300, deals: 900, oddities: true });
  await bench.provision();
  const before = await bench.connected(doctorConnection);
  expect(before.find(({ check }) => check === 'data')?.message).toContain('Nothing is pulled yet');
  await bench.run();
  const findings = await bench.connected(doctorConnection);
  const byCheck = new Map(findings.map((finding) => [finding.check, finding]));
  expect(byCheck.get('store')).toMatchObject({ status: 'warning', todo: expect.any(String) });
  expect(byCheck.get('deals: amount-missing')).toMatchObject({ status: 'warning' });
  expect(byCheck.get('attribution')?.message).toMatch(/GBP of won revenue \(\d+\.\d %\)/);
  expect(byCheck.get('last run')).toMatchObject({ status: 'ok' });
  const [row] = await bench.app.store.scores.page('main', { after: null, limit: 1 });
  const hand = {
    floor: null,
    importance: 'red',
    why: 'founder',
    by: 'A. Meier',
    until: null,
  } as const;
  const named = ['K-9999', row?.score.customerId ?? ''].map((customer) => ({ ...hand, customer }));
  const unknown = await bench.connected((ctx) =>
    doctorConnection({ ...ctx, policy: { ...ctx.policy, named } }),
  );
  expect(unknown.filter(({ check }) => check === 'named')).toMatchObject([
    { status: 'warning', message: expect.stringContaining('names "K-9999", whom') },
  ]);
  expect(findings.filter(({ status, todo }) => status !== 'ok' && (todo ?? '') === '')).toEqual([]);
});

it('a customer is explained by record id, external id and e-mail alike, from the store alone', async () => {
  bench = await openWorkbench();
  await bench.provision();
  await bench.run();
  const [row] = await bench.app.store.scores.page('main', { after: null, limit: 1 });
  const id = row?.score.customerId ?? '';
  const { value: byId, calls } = await bench.callsOf(() =>
    bench.connected((ctx) => explainCustomer(ctx, id)),
  );
  expect(calls).toBe(0);
  const { externalId, email } = byId[0]?.customer ?? {};
  const others = [externalId ?? '', email ?? ''].map((text) =>
    bench.connected((ctx) => explainCustomer(ctx, text)),
  );
  expect(await Promise.all(others)).toEqual([byId, byId]);
  expect(byId[0]?.explanation?.lines.length).toBeGreaterThan(3);
});

it('a plan is applied once; an older one gives way to a newer', async () => {
  bench = await openWorkbench();
  await bench.provision();
  const pulled = await bench.run({ asOf: '2026-10-01' });
  expect(pulled.outcome).toBe('done');
  const older = await bench.connected((ctx) => planConnection(ctx, { asOf: AS_OF }));
  const newer = await bench.connected((ctx) => planConnection(ctx, { asOf: AS_OF }));
  const apply = (planId: string | undefined) =>
    bench.connected((ctx) => applyConnection(ctx, { planId }));
  await expect(apply(older.plan?.id)).rejects.toMatchObject({ code: 'PLAN_NOT_READY' });
  await expect(apply('p-unknown')).rejects.toMatchObject({ code: 'PLAN_UNKNOWN' });
  expect((await apply(newer.plan?.id)).outcome).toBe('done');
  await expect(apply(undefined)).rejects.toMatchObject({ code: 'PLAN_NOT_READY' });
});
