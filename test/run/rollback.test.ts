import { afterEach, describe, expect, it } from 'vitest';
import { type CrmName, crmNames, type Ground, openGround } from './taken-back.ts';

let ground: Ground;

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
  it('puts back what was there, in fields and lists, and leaves the connection stopped', async () => {
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

  it('leaves alone what somebody else changed, who is gone, and lists that are', async () => {
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

  it('costs no more calls than the run, plus one for a hundred customers', async () => {
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
