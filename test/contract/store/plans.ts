import { describe, expect, it } from 'vitest';
import type { Change, Receipt } from '../../../src/domain/change.ts';
import type { PlanSummary } from '../../../src/domain/plan.ts';
import { aCustomer, day, type GetStore, newConnection, save, world } from './fixtures.ts';
import { members } from './scores.ts';

const priorities = ['fact', 'tier', 'score'] as const;

function aChange(seq: number): Change {
  const priority = priorities[seq % 3] ?? 'fact';
  const fields = [
    { key: 'value_tier', from: null, to: `tier-${seq}` },
    { key: 'reason', from: 'old', to: null },
  ] as const;
  return { seq, customerId: String(seq), priority, fields };
}

/** Plans, changes, receipts, memberships and the ledger of own writes. */
export function describePlans(get: GetStore): void {
  const makePlan = async (c: string, changes: number) => {
    const id = `plan-${c}-${Math.random()}`;
    const plan = { id, connection: c, runId: 'run-1', createdAt: day(1), asOf: '2026-01-01' };
    await get().plans.create(plan);
    await get().plans.addChanges(
      id,
      Array.from({ length: changes }, (_, seq) => aChange(seq)),
    );
    return { ...plan, id };
  };
  const summary: PlanSummary = {
    customers: 1,
    changes: 1,
    changesByPriority: { tier: 1 },
    changesByField: {},
    tierMoves: [],
    lists: [],
    cost: { calls: 1, spends: 1, unit: 'calls', quotaShare: null, days: null, route: null },
    warnings: ['w'],
  };
  const pending = async (id: string, limit = 100) =>
    (await get().plans.changes(id, { state: 'pending', after: null, limit })).map(({ seq }) => seq);

  describe('a plan', () => {
    it('is a draft, then ready, and takes the place of those before it', async () => {
      const c = newConnection();
      const first = await makePlan(c, 0);
      const second = await makePlan(c, 0);
      expect(await get().plans.byId(first.id)).toMatchObject({ ...first, status: 'superseded' });
      expect((await get().plans.latest(c, ['draft']))?.id).toBe(second.id);
      await get().plans.finish(second.id, summary);
      expect(await get().plans.byId(second.id)).toEqual({
        ...second,
        ...{ status: 'ready', summary, kind: 'scores', policyVersion: '' },
        ...{ holds: [], decision: null, digest: null },
      });
      await get().plans.setStatus(second.id, 'applying');
      const third = await makePlan(c, 0);
      expect((await get().plans.latest(c, ['applying', 'ready']))?.id).toBe(second.id);
      expect((await get().plans.latest(c, ['draft', 'applying']))?.id).toBe(third.id);
      expect(await get().plans.latest(c, ['applied'])).toBeNull();
      expect(await get().plans.byId('no such plan')).toBeNull();
    });

    it('gives its changes by priority, then place, page after page', async () => {
      const plan = await makePlan(newConnection(), 9);
      const all = await get().plans.changes(plan.id, { after: null, limit: 100 });
      expect(all.map(({ seq }) => seq)).toEqual([1, 4, 7, 2, 5, 8, 0, 3, 6]);
      expect(all[0]).toEqual(aChange(1));
      const rest = await get().plans.changes(plan.id, { after: 5, limit: 2 });
      expect(rest.map(({ seq }) => seq)).toEqual([8, 0]);
    });
  });

  describe('receipts', () => {
    const receipts: readonly Receipt[] = [
      { seq: 0, outcome: 'applied', modifiedAt: day(9) },
      { seq: 1, outcome: 'unchanged' },
      { seq: 2, outcome: 'rejected', code: 'RECORD_GONE', message: 'gone' },
      { seq: 3, outcome: 'applied', modifiedAt: day(7) },
    ];
    const applied = async () => {
      const c = newConnection();
      const held = { reason: 'old', rfm: '111' };
      await save(get(), c, {
        customers: ['0', '1', '2', '3', '4'].map((id) => aCustomer(id, { held })),
      });
      const plan = await makePlan(c, 5);
      await get().plans.markSending(plan.id, [0, 1, 2, 3]);
      await get().plans.saveReceipts(c, plan.id, 'marker', receipts);
      return { c, id: plan.id };
    };

    it('end their changes, and what was written is what the CRM holds', async () => {
      const { c, id } = await applied();
      expect(await pending(id)).toEqual([4]);
      expect((await world(get(), c)).map(({ customer }) => customer.held)).toEqual([
        { rfm: '111', value_tier: 'tier-0' },
        { rfm: '111', value_tier: 'tier-1' },
        { rfm: '111', reason: 'old' },
        { rfm: '111', value_tier: 'tier-3' },
        { rfm: '111', reason: 'old' },
      ]);
      const memberships = { applied: 0, unchanged: 0, rejected: 0, open: 0 };
      expect(await get().plans.receiptCounts(id)).toEqual({
        applied: 2,
        unchanged: 1,
        rejected: 1,
        open: 1,
        memberships,
      });
      expect(await get().plans.rejections(id, 9)).toEqual([
        { customerId: '2', code: 'RECORD_GONE', message: 'gone' },
      ]);
    });

    it('saved twice count once', async () => {
      const { c, id } = await applied();
      await get().plans.saveReceipts(c, id, 'marker', receipts);
      const written = [{ marker: 'marker', firstAt: day(7), lastAt: day(9), count: 2 }];
      expect(await get().plans.ownWrites(c, day(9))).toEqual(written);
      expect(await get().plans.ownWrites(c, day(10))).toEqual([]);
    });

    it('stand: a change that is done is never sent again', async () => {
      const { id } = await applied();
      await get().plans.markPending(id, [0, 1, 2, 3, 4]);
      await get().plans.markSending(id, [0]);
      expect(await pending(id)).toEqual([4]);
      expect(await get().plans.changes(id, { state: 'sending', after: null, limit: 9 })).toEqual(
        [],
      );
    });

    it('that are missing leave their changes known as sent', async () => {
      const plan = await makePlan(newConnection(), 3);
      await get().plans.markSending(plan.id, [1]);
      const sending = await get().plans.changes(plan.id, {
        state: 'sending',
        after: null,
        limit: 9,
      });
      expect(sending).toEqual([aChange(1)]);
      await get().plans.markPending(plan.id, [1]);
      expect(await pending(plan.id)).toEqual([1, 2, 0]);
    });
  });

  it('steps on lists are given until they have a receipt, and correct the members', async () => {
    const c = newConnection();
    await get().lists.saveKnown(c, [
      { key: 'best', crmId: '7', name: 'Best', kind: 'static', status: 'active' },
    ]);
    await get().lists.replaceMembers(c, 'best', members(['1', '2']));
    const plan = await makePlan(c, 0);
    const step = (customerId: string, action: 'add' | 'remove') => ({
      listKey: 'best',
      customerId,
      action,
    });
    const steps = [step('1', 'remove'), step('3', 'add'), step('4', 'add'), step('5', 'add')];
    await get().plans.addMemberships(plan.id, steps);
    expect(await get().plans.memberships(plan.id, { listKey: 'best', limit: 2 })).toEqual(
      steps.slice(0, 2),
    );
    await get().plans.saveMembershipReceipts(c, plan.id, [
      { ...step('1', 'remove'), outcome: 'applied' },
      { ...step('3', 'add'), outcome: 'unchanged' },
      { ...step('4', 'add'), outcome: 'rejected', code: 'RECORD_GONE' },
    ]);
    expect(await get().plans.memberships(plan.id, { listKey: 'best', limit: 9 })).toEqual([
      step('5', 'add'),
    ]);
    expect(await get().lists.sizes(c)).toEqual({ best: 2 });
    const counts = await get().plans.receiptCounts(plan.id);
    expect(counts.memberships).toEqual({ applied: 1, unchanged: 1, rejected: 1, open: 1 });
  });
}
