import { afterEach, describe, expect, it } from 'vitest';
import { rollbackConnection } from '../../src/run/rollback.ts';
import { applyConnection } from '../../src/run/run-connection.ts';
import { type CrmName, crmNames, type Ground, openGround } from './taken-back.ts';

let ground: Ground;
const timeout = 180_000;

afterEach(async () => {
  await ground.close();
});

/** The tier's field of a customer of whom the run changed it. */
async function someWritten(count: number): Promise<readonly string[]> {
  const held = await ground.held();
  return [...held]
    .flatMap(([id, { value_tier: tier }]) => (tier == null ? [] : [id]))
    .slice(0, count);
}

describe.each(crmNames)('on %s, a rollback of a run', (crm: CrmName) => {
  it('puts back what was there, in fields and lists, and leaves the connection stopped', {
    timeout,
  }, async () => {
    ground = await openGround(crm);
    const before = { held: await ground.held(), members: await ground.members() };
    const run = await ground.run();
    const written = { held: await ground.held(), members: await ground.members() };
    expect(written).not.toEqual(before);
    const { run: back, stop, exceptions } = await ground.takeBack({ run: run.runId });
    expect(back).toMatchObject({ outcome: 'done', stopped: null });
    expect(back.plan?.summary.changes).toBe(run.plan?.summary.changes);
    expect(exceptions).toMatchObject({ changed: 0, gone: 0, 'written-again': 0 });
    expect(await ground.held()).toEqual(new Map([...written.held.keys()].map((id) => [id, {}])));
    expect([...(await ground.members()).values()].every(({ size }) => size === 0)).toBe(true);
    expect(stop?.plan).toBe(back.plan?.id);
    await expect(ground.run()).rejects.toMatchObject({ code: 'CONNECTION_STOPPED' });

    const again = await ground.takeBack({ run: back.runId });
    expect(again.run.outcome).toBe('done');
    expect({ held: await ground.held(), members: await ground.members() }).toEqual(written);
  });

  it('leaves alone what somebody else changed, who is gone, and lists that are', {
    timeout,
  }, async () => {
    ground = await openGround(crm);
    const run = await ground.run();
    const [changed = '', gone = '', added = ''] = await someWritten(3);
    await ground.write(changed, 'reason', 'a person knows better');
    await ground.write(changed, 'orders', '77');
    await ground.remove(gone);
    const lists = [...(await ground.members())];
    const [first, second] = lists.filter(([, members]) => members.size > 0).map(([key]) => key);
    if (first !== undefined) await ground.onList(first, added, 'add');
    if (second !== undefined) await ground.removeList(second);
    const { run: back, exceptions } = await ground.takeBack({ run: run.runId });
    expect(back.outcome).toBe('done');
    expect(exceptions).toMatchObject({ changed: 2, gone: 1 });
    if (second !== undefined) expect(exceptions?.['list-deleted']).toBeGreaterThan(0);
    const held = await ground.held();
    expect(held.get(changed)).toEqual({ reason: 'a person knows better', orders: '77' });
    const rest = [...held].filter(([id]) => id !== changed);
    expect(rest.every(([, values]) => Object.keys(values).length === 0)).toBe(true);
  });

  it('is followed by a run that reads everything anew, and that one by deltas again', {
    timeout,
  }, async () => {
    ground = await openGround(crm);
    const run = await ground.run();
    expect((await ground.run()).pull?.mode).toBe('delta');
    await ground.takeBack({ run: run.runId });
    await ground.resume();
    const next = await ground.run();
    expect(next.pull).toMatchObject({ mode: 'full', resumed: false });
    expect(next.pull?.reason).toMatch(/a run was rolled back/);
    expect(next.plan?.summary.changes).toBe(run.plan?.summary.changes);
    expect((await ground.run()).pull?.mode).toBe('delta');
  });

  it('costs no more calls than the run, plus one for a hundred customers', {
    timeout,
  }, async () => {
    ground = await openGround(crm, { contacts: 450, deals: 1_500 });
    const start = ground.spent();
    const run = await ground.run();
    const afterRun = ground.spent();
    const back = await ground.takeBack({ run: run.runId });
    const end = ground.spent();
    expect(back.run.outcome).toBe('done');
    const reads = Math.ceil((run.plan?.summary.changes ?? 0) / 100);
    expect(end.calls - afterRun.calls).toBeLessThanOrEqual(afterRun.calls - start.calls + reads);
    expect(end.spends - afterRun.spends).toBeLessThanOrEqual(
      afterRun.spends - start.spends + reads,
    );
  });
});

describe('a rollback', () => {
  const inMode = (mode: 'approve' | 'preview', run: string) =>
    ground.connected((ctx) =>
      rollbackConnection(
        { ...ctx, writes: { ...ctx.writes, mode } },
        { what: { run }, why: '', apply: true },
      ),
    );

  it('waits for a word where plans do, is written while its own stop stands, not while another', {
    timeout,
  }, async () => {
    ground = await openGround('hubspot');
    const run = await ground.run();
    await expect(inMode('preview', run.runId)).rejects.toMatchObject({
      code: 'ROLLBACK_IN_PREVIEW',
    });
    const { run: back } = await inMode('approve', run.runId);
    const planId = back.plan?.id ?? '';
    expect(back.apply).toBeNull();
    const { plans, stops } = ground.app.store;
    expect(await plans.byId(planId)).toMatchObject({ kind: 'rollback', status: 'held' });
    const at = new Date().toISOString();
    const decision = { decided: 'approved', by: 'ann', at, why: 'yes', allowed: [] } as const;
    await plans.decide(planId, { ...decision, sameAs: null });
    const apply = () => ground.connected((ctx) => applyConnection(ctx, { planId }));

    const itsOwn = await stops.of('main');
    await stops.stop({ connection: 'main', at, by: 'bob', why: 'wait' });
    await expect(apply()).rejects.toMatchObject({ code: 'CONNECTION_STOPPED' });
    await stops.resume('main', { by: 'bob', at, why: null });
    expect(itsOwn?.plan).toBe(planId);
    expect(await apply()).toMatchObject({ outcome: 'done' });
    const held = [...(await ground.held()).values()];
    expect(held.every((values) => Object.keys(values).length === 0)).toBe(true);
  });

  it('of a run that is unknown or wrote nothing changes and stops nothing', {
    timeout,
  }, async () => {
    ground = await openGround('hubspot');
    const first = await ground.run();
    const idle = await ground.run();
    expect(idle.plan?.summary.changes).toBe(0);
    await expect(ground.takeBack({ run: 'r20260101000000aaaa' })).rejects.toMatchObject({
      code: 'RUN_UNKNOWN',
    });
    await expect(ground.takeBack({ run: idle.runId })).rejects.toMatchObject({
      code: 'ROLLBACK_EMPTY',
    });
    const { store } = ground.app;
    expect(await store.stops.of('main')).toBeNull();
    expect(await store.plans.byId(first.plan?.id ?? '')).toMatchObject({ status: 'applied' });

    await ground.takeBack({ run: first.runId });
    await ground.resume();
    const twice = await ground.takeBack({ run: first.runId });
    expect(twice.stop).toBeNull();
    expect(twice.exceptions?.['written-again']).toBeGreaterThan(0);
    expect(twice.run.plan?.summary.changes).toBe(0);
  });
});
